// Package messagingapi is what other modules may know of messaging.
package messagingapi

import "orion/kit/id"

// Code is the module's code.
const Code = "messaging"

// ThreadID names a conversation.
type ThreadID = id.ID[ThreadKind]

// ThreadKind is the kind of conversation identifiers.
type ThreadKind struct{}

// Prefix of conversation identifiers.
func (ThreadKind) Prefix() string { return "thr" }
