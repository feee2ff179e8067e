package observe

import (
	"net/http"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts and times what the program does. The rest of the program knows
// these methods and not the library behind them. Label values must be few:
// patterns and not paths, kinds and not identifiers.
type Metrics struct {
	registry   *prometheus.Registry
	inFlight   prometheus.Gauge
	requests   *prometheus.HistogramVec
	platforms  *prometheus.CounterVec
	work       *prometheus.HistogramVec
	jobs       *prometheus.HistogramVec
	published  *prometheus.CounterVec
	deliveries *prometheus.CounterVec
}

// NewMetrics also watches memory, goroutines and the process itself. The version
// is the program's.
func NewMetrics(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "orion_http_requests_in_flight", Help: "Requests being answered now.",
		}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "orion_http_request_seconds", Help: "Time to answer a request, by the pattern of its route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"audience", "module", "method", "route", "status"}),
		platforms: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "orion_http_platform_requests_total", Help: "Answered requests of a platform.",
		}, []string{"platform", "audience", "status"}),
		work: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "orion_db_transaction_seconds", Help: "Time of a read or a transaction, all its tries included.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"kind", "outcome"}),
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "orion_job_seconds", Help: "Time of one attempt of a job.",
			Buckets: []float64{.001, .005, .01, .05, .1, .5, 1, 5, 10, 60, 300},
		}, []string{"module", "kind", "outcome"}),
		published: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "orion_events_published_total", Help: "Events that were stored.",
		}, []string{"event"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "orion_event_deliveries_total", Help: "Attempts to deliver an event to a subscriber.",
		}, []string{"subscriber", "outcome"}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "orion_build_info", Help: "Which program this is; always 1.",
		ConstLabels: prometheus.Labels{"version": version, "go": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(
		m.inFlight, m.requests, m.platforms, m.work, m.jobs, m.published, m.deliveries, build,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Request is what the metrics know of an answered request.
type Request struct {
	Platform string // code; "" where the host is nobody's
	Audience string // "storefront", "store", …
	Module   string // whose route it is; "" of none
	Method   string
	Route    string // the pattern, such as "/products/{slug}"; "" of none
	Status   int
	Took     time.Duration
}

// Request notes an answered request.
func (m *Metrics) Request(r Request) {
	status := class(r.Status)
	m.requests.WithLabelValues(r.Audience, r.Module, method(r.Method), r.Route, status).Observe(r.Took.Seconds())
	if r.Platform != "" {
		m.platforms.WithLabelValues(r.Platform, r.Audience, status).Inc()
	}
}

// class is what a status is about; one that was never written is 200 by net/http.
func class(status int) string {
	if status == 0 {
		status = http.StatusOK
	}
	if classes := []string{"1xx", "2xx", "3xx", "4xx", "5xx"}; status >= 100 && status < 600 {
		return classes[status/100-1]
	}
	return "other"
}

// method keeps those who invent methods from inventing series.
func method(name string) string {
	known := []string{http.MethodGet, http.MethodPost, http.MethodHead, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}
	if slices.Contains(known, name) {
		return name
	}
	return "other"
}

// Flying counts the requests that h is answering.
func (m *Metrics) Flying(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.inFlight.Inc()
		defer m.inFlight.Dec()
		h.ServeHTTP(w, r)
	})
}

// Transaction notes a read or a transaction; kind is "read" or "write", outcome
// "done", "refused" by a rule, or "failed".
func (m *Metrics) Transaction(kind, outcome string, took time.Duration) {
	m.work.WithLabelValues(kind, outcome).Observe(took.Seconds())
}

// Job notes one attempt of a module's job; outcome is "done", "later" or "failed".
func (m *Metrics) Job(module, kind, outcome string, took time.Duration) {
	m.jobs.WithLabelValues(module, kind, outcome).Observe(took.Seconds())
}

// Published notes a stored event.
func (m *Metrics) Published(event string) { m.published.WithLabelValues(event).Inc() }

// Delivered notes an attempt to deliver an event.
func (m *Metrics) Delivered(subscriber, outcome string) {
	m.deliveries.WithLabelValues(subscriber, outcome).Inc()
}

// Reading is something that is read whenever somebody looks.
type Reading struct {
	Name    string // without "orion_"; of a counter it ends with _total
	Help    string
	Labels  []string
	Counter bool // it only grows
	// Read calls give for each value, with one text for each label.
	Read func(give func(value float64, labels ...string))
}

// Add shows readings. A name that is taken or malformed panics: they are made
// while the program starts.
func (m *Metrics) Add(all ...Reading) {
	for _, r := range all {
		kind := prometheus.GaugeValue
		if r.Counter {
			kind = prometheus.CounterValue
		}
		m.registry.MustRegister(reading{prometheus.NewDesc("orion_"+r.Name, r.Help, r.Labels, nil), kind, r.Read})
	}
}

// reading is a Reading as the library wants it.
type reading struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	read func(give func(value float64, labels ...string))
}

// Describe implements prometheus.Collector.
func (r reading) Describe(to chan<- *prometheus.Desc) { to <- r.desc }

// Collect implements prometheus.Collector.
func (r reading) Collect(to chan<- prometheus.Metric) {
	r.read(func(value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(r.desc, r.kind, value, labels...)
	})
}

// Sample is one series at this moment, for pages that show metrics.
type Sample struct {
	Name   string
	Labels map[string]string
	Value  float64 // of counters and gauges; of timings the sum in seconds
	Count  uint64  // of timings; 0 otherwise
}

// Samples are all series of the program itself.
func (m *Metrics) Samples() ([]Sample, error) {
	families, err := m.registry.Gather()
	if err != nil {
		return nil, err
	}
	var samples []Sample
	for _, family := range families {
		if !strings.HasPrefix(family.GetName(), "orion_") {
			continue
		}
		for _, series := range family.GetMetric() {
			s := Sample{
				Name:   family.GetName(),
				Labels: map[string]string{},
				Value:  series.GetGauge().GetValue() + series.GetCounter().GetValue() + series.GetHistogram().GetSampleSum(),
				Count:  series.GetHistogram().GetSampleCount(),
			}
			for _, label := range series.GetLabel() {
				s.Labels[label.GetName()] = label.GetValue()
			}
			samples = append(samples, s)
		}
	}
	return samples, nil
}

// Handler answers /metrics to those who may look inside, see Insider. For all
// others there is nothing here.
func (m *Metrics) Handler(token string) http.Handler {
	metrics := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !Insider(r, token) {
			http.NotFound(w, r)
			return
		}
		metrics.ServeHTTP(w, r)
	})
}
