// Package coreui has the pages that belong to no single module: dashboards,
// search results, settings and the reader's own profile.
package coreui

import (
	"context"

	"orion/kit/i18n"
	"orion/kit/ui"
	"orion/modules/core/coreapi"
)

func t(ctx context.Context, key string) string { return ui.Words(ctx).T(key) }

func stats(in []coreapi.Stat) ui.Stats {
	out := make([]ui.Stat, len(in))
	for i, s := range in {
		out[i] = ui.Stat{Label: s.Label, Value: s.Value, Trend: s.Trend, Spark: s.Spark, Href: s.Link}
		if s.Trend != "" {
			out[i].Tone = ui.Bad
			if s.Good {
				out[i].Tone = ui.OK
			}
		}
	}
	return ui.Stats{Stats: out}
}

func tasks(in []coreapi.Step) ui.Checklist {
	out := make([]ui.Task, len(in))
	for i, s := range in {
		out[i] = ui.Task{Title: s.Title, Text: s.Text, Href: s.Link, Label: s.Label, Done: s.Done, Other: s.Other, OtherLabel: s.OtherLabel}
	}
	return ui.Checklist{Tasks: out}
}

func langOptions() []ui.Option {
	out := make([]ui.Option, len(i18n.Langs))
	for i, l := range i18n.Langs {
		out[i] = ui.Option{Value: string(l), Label: l.Name()}
	}
	return out
}
