package cms

import (
	"context"

	"orion/modules/tenancy/tenancyapi"
)

// mediaEntry is what the audit log keeps of a file.
type mediaEntry struct {
	Name   string `json:"name"`
	Folder string `json:"folder,omitempty"`
	Kind   string `json:"kind"`
	Bytes  int64  `json:"bytes"`
}

func mediaNote(f Media) mediaEntry {
	return mediaEntry{Name: f.Name, Folder: f.Folder, Kind: string(f.Kind), Bytes: f.Bytes}
}

func (m *Module) noteMedia(ctx context.Context, tx mediaTx, f Media, e tenancyapi.Entry) error {
	e.Target, e.Title = f.ID.String(), f.Name
	return m.need.Audit.Record(ctx, tx, e)
}
