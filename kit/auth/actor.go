package auth

// Actor is who did something, as audit logs and timelines keep it.
type Actor struct {
	Kind string `json:"kind"` // "user", "customer", "token" or "system"
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// SystemActor is the program itself.
var SystemActor = Actor{Kind: "system"}

// UserActor is a member of staff. Where somebody sits in their place, both are named.
func UserActor(u User) Actor {
	a := Actor{Kind: "user", ID: u.ID.String(), Name: u.Name}
	if !u.Behind.IsZero() {
		a.Name = u.BehindName + " → " + u.Name
	}
	return a
}

// CustomerActor is a shopper, signed in or not.
func CustomerActor(c Customer) Actor {
	return Actor{Kind: "customer", ID: c.ID.String(), Name: c.Name}
}

// TokenActor is a program with an API token.
func TokenActor(name string) Actor { return Actor{Kind: "token", Name: name} }
