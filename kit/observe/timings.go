package observe

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Timing is what was timed, with what it is about.
type Timing struct {
	Labels map[string]string
	Count  uint64
	Total  time.Duration
	P95    time.Duration // 95 of 100 took at most so long, as exactly as the buckets tell
}

// Mean is how long it took on average.
func (t Timing) Mean() time.Duration {
	if t.Count == 0 {
		return 0
	}
	return t.Total / time.Duration(t.Count)
}

// Timings are those of a histogram; what differs in other labels than these is
// taken together.
func (m *Metrics) Timings(name string, by ...string) ([]Timing, error) {
	families, err := m.registry.Gather()
	if err != nil {
		return nil, err
	}
	sums := map[string]*heap{}
	for _, family := range families {
		if family.GetName() != name {
			continue
		}
		for _, series := range family.GetMetric() {
			labels := map[string]string{}
			for _, l := range series.GetLabel() {
				if slices.Contains(by, l.GetName()) {
					labels[l.GetName()] = l.GetValue()
				}
			}
			h := heapOf(sums, labels, by)
			h.seconds += series.GetHistogram().GetSampleSum()
			h.count += series.GetHistogram().GetSampleCount()
			for i, b := range series.GetHistogram().GetBucket() {
				if i == len(h.counts) {
					h.bounds, h.counts = append(h.bounds, b.GetUpperBound()), append(h.counts, 0)
				}
				h.counts[i] += b.GetCumulativeCount()
			}
		}
	}
	out := make([]Timing, 0, len(sums))
	for _, h := range sums {
		out = append(out, Timing{Labels: h.labels, Count: h.count, Total: seconds(h.seconds), P95: seconds(h.quantile(0.95))})
	}
	return out, nil
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// heap is several series of a histogram together; counts grow with the bounds.
type heap struct {
	labels  map[string]string
	count   uint64
	seconds float64
	bounds  []float64
	counts  []uint64
}

func heapOf(all map[string]*heap, labels map[string]string, by []string) *heap {
	var key strings.Builder
	for _, name := range by {
		key.WriteString(labels[name] + "\x00")
	}
	h := all[key.String()]
	if h == nil {
		h = &heap{labels: labels}
		all[key.String()] = h
	}
	return h
}

// quantile is the value below which a part of all lies, by drawing a line through
// the bucket where it is. Beyond the last bound nobody knows, and it is that bound.
func (h *heap) quantile(part float64) float64 {
	want, below, from := part*float64(h.count), uint64(0), 0.0
	for i, n := range h.counts {
		bound := h.bounds[i]
		if math.IsInf(bound, 1) {
			break
		}
		if float64(n) >= want && n > below {
			return from + (bound-from)*(want-float64(below))/float64(n-below)
		}
		below, from = n, bound
	}
	return from
}
