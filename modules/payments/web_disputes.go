package payments

const disputesPath = "/payments/disputes"
