package core

import (
	"orion/kit/i18n"
	"orion/kit/money"
	"orion/kit/ui"
	"orion/modules/core/coreapi"
	"orion/modules/core/coreui"
)

// chart writes figures for a reader.
type chart struct {
	words    i18n.Words
	period   Period
	currency money.Currency
	orders   string // path of the list behind the figures, or empty
}

func (c chart) amount(minor int64) string { return c.words.Money(money.New(minor, c.currency)) }

// trend is a change against the time before, in whole percent; nothing when
// there is nothing to compare with.
func (c chart) trend(now, then int64) string {
	if then <= 0 {
		return ""
	}
	bp := money.Divide((now-then)*100, then) * 100
	if bp >= 0 {
		return "+" + c.words.Percent(bp)
	}
	return c.words.Percent(bp)
}

func spark(values []int64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return out
}

func (c chart) sold(all Courses) coreapi.Stat {
	f := all.of(coreapi.Sold, c.period)
	return coreapi.Stat{
		Label: c.words.T("core.figure_sold"), Value: c.amount(f.SumMinor), Trend: c.trend(f.SumMinor, f.OldMinor), Good: f.SumMinor >= f.OldMinor,
		Spark: spark(f.Minor), Link: c.orders,
	}
}

// stats are what was sold, in how many orders, how much in each, and what went
// back.
func (c chart) stats(all Courses) []coreapi.Stat {
	sold, back, w := all.of(coreapi.Sold, c.period), all.of(coreapi.Returned, c.period), c.words
	mean := func(minor, n int64) int64 {
		if n <= 0 {
			return 0
		}
		return money.Divide(minor, n)
	}
	now, then := mean(sold.SumMinor, sold.SumN), mean(sold.OldMinor, sold.OldN)
	average := make([]float64, len(sold.N))
	for i := range sold.N {
		average[i] = float64(mean(sold.Minor[i], sold.N[i]))
	}
	return []coreapi.Stat{
		c.sold(all),
		{Label: w.T("core.figure_orders"), Value: w.Number(int(sold.SumN)), Trend: c.trend(sold.SumN, sold.OldN), Good: sold.SumN >= sold.OldN, Spark: spark(sold.N), Link: c.orders},
		{Label: w.T("core.figure_average"), Value: c.amount(now), Trend: c.trend(now, then), Good: now >= then, Spark: average},
		{Label: w.T("core.figure_returned"), Value: c.amount(back.SumMinor), Trend: c.trend(back.SumMinor, back.OldMinor), Good: back.SumMinor <= back.OldMinor, Spark: spark(back.Minor)},
	}
}

// draw is what was sold step by step; nothing when nothing was.
func (c chart) draw(all Courses) *ui.BarChart {
	sold := all.of(coreapi.Sold, c.period)
	if sold.SumN == 0 {
		return nil
	}
	out := &ui.BarChart{Title: c.words.T("core.figure_sold"), Unit: 1}
	for range c.currency.Exponent() {
		out.Unit *= 10
	}
	for i, minor := range sold.Minor {
		label := c.words.Date(c.period.begin(int64(i)))
		if c.period.Days == 1 {
			label = c.words.Time(c.period.begin(int64(i)))
		}
		out.Points = append(out.Points, ui.Point{
			Label: label, Value: float64(minor), Text: c.amount(minor) + " · " + c.words.N("core.n_orders", int(sold.N[i])),
		})
	}
	return out
}

// store is a line of a merchant's stores.
func (c chart) store(name string, all Courses) coreui.StoreLine {
	if all == nil {
		all = Courses{}
	}
	f := all.of(coreapi.Sold, c.period)
	return coreui.StoreLine{Name: name, Sold: c.amount(f.SumMinor), Orders: c.words.Number(int(f.SumN)), Trend: c.trend(f.SumMinor, f.OldMinor), Good: f.SumMinor >= f.OldMinor}
}
