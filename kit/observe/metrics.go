package observe

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strconv"
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
	registry *prometheus.Registry
	inFlight prometheus.Gauge
	requests *prometheus.HistogramVec
	work     *prometheus.HistogramVec
	jobs     *prometheus.HistogramVec
}

// NewMetrics also watches memory, goroutines and the process itself.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "orion_http_requests_in_flight", Help: "Requests being answered now.",
		}),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "orion_http_request_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"audience", "method", "route", "status"}),
		work: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "orion_db_transaction_seconds", Help: "Time of a database transaction, retries included.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"kind", "outcome"}),
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "orion_job_seconds", Help: "Time of one attempt of a job.",
			Buckets: []float64{.001, .005, .01, .05, .1, .5, 1, 5, 10, 60, 300},
		}, []string{"kind", "outcome"}),
	}
	m.registry.MustRegister(
		m.inFlight, m.requests, m.work, m.jobs,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Request is what the metrics know of an answered request.
type Request struct {
	Audience string // "storefront", "store", …
	Method   string
	Route    string // the pattern, such as "/products/{slug}"
	Status   int
	Took     time.Duration
}

// Begin counts a request as being answered until the returned function is called
// with what became of it.
func (m *Metrics) Begin() (end func(Request)) {
	m.inFlight.Inc()
	return func(r Request) {
		m.inFlight.Dec()
		status := strconv.Itoa(r.Status)
		m.requests.WithLabelValues(r.Audience, r.Method, r.Route, status).Observe(r.Took.Seconds())
	}
}

// Transaction notes a database transaction; kind is "read" or "write".
func (m *Metrics) Transaction(kind string, took time.Duration, err error) {
	m.work.WithLabelValues(kind, outcome(err)).Observe(took.Seconds())
}

// Job notes one attempt of a job of that kind.
func (m *Metrics) Job(kind string, took time.Duration, err error) {
	m.jobs.WithLabelValues(kind, outcome(err)).Observe(took.Seconds())
}

func outcome(err error) string {
	if err != nil {
		return "failed"
	}
	return "done"
}

// Gauge shows a value that is read whenever somebody looks. A name that is taken
// or malformed panics: gauges are made while the program starts.
func (m *Metrics) Gauge(name, help string, read func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "orion_" + name, Help: help}, read))
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

// Handler answers /metrics to scrapers on this machine and, where a token is
// configured, to those who bear it. For all others there is nothing here.
func (m *Metrics) Handler(token string) http.Handler {
	metrics := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !bears(r, token) && !isLocal(r) {
			http.NotFound(w, r)
			return
		}
		metrics.ServeHTTP(w, r)
	})
}

func bears(r *http.Request, token string) bool {
	got, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && token != "" && subtle.ConstantTimeCompare([]byte(got), []byte(token)) == 1
}

// isLocal does not take a proxy on this machine for a scraper on it.
func isLocal(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}
