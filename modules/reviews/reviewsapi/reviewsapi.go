// Package reviewsapi is what other modules may know of reviews.
package reviewsapi

import "orion/kit/id"

// Code is the module's code.
const Code = "reviews"

// ReviewID names a review.
type ReviewID = id.ID[ReviewKind]

// ReviewKind is the kind of review identifiers.
type ReviewKind struct{}

// Prefix of review identifiers.
func (ReviewKind) Prefix() string { return "rev" }
