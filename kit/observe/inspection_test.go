package observe

import "testing"

func TestInspection(t *testing.T) {
	t.Parallel()
	InspectionOf(t.Context()).Note(Note{Name: "nobody keeps it"})
	ctx, trace := WithInspection(t.Context())
	for range maxNotes + 3 {
		InspectionOf(ctx).Note(Note{Kind: "statement", Name: "find"})
	}
	InspectionOf(ctx).Answer(Answered{Route: "GET /", Status: 200})
	said, notes, more := trace.Read()
	if said.Status != 200 || len(notes) != maxNotes || more != 3 || notes[0].Name != "find" {
		t.Errorf("kept are %+v, %d notes and %d more", said, len(notes), more)
	}
}
