// The bank has its answer: the script of the page around goes on.
parent.postMessage({ bank: "answered" }, "*");
