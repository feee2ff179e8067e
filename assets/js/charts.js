// <o-chart> draws the table it contains; the table stays for readers and for
// browsers without script.
import { BarController, BarElement, CategoryScale, Chart, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement, Tooltip);

class ChartElement extends HTMLElement {
  connectedCallback() {
    const rows = [...this.querySelectorAll("tbody tr")];
    const texts = rows.map((r) => [...r.querySelectorAll("td")].map((td) => td.textContent.trim()));
    const heads = [...this.querySelectorAll("thead th")].slice(1).map((th) => th.textContent.trim());
    const frame = this.insertBefore(document.createElement("div"), this.firstChild);
    frame.className = "chart-frame";
    frame.ariaHidden = "true";
    const canvas = frame.appendChild(document.createElement("canvas"));
    this.draw = () => {
      this.chart?.destroy();
      this.chart = new Chart(canvas, this.config(rows, heads, texts));
    };
    this.draw();
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.scheme.addEventListener("change", this.draw);
  }

  disconnectedCallback() {
    this.scheme.removeEventListener("change", this.draw);
    this.chart?.destroy();
  }

  // color turns a property of the theme into what a canvas understands.
  color(name) {
    const probe = this.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color;
  }

  config(rows, heads, texts) {
    const line = this.dataset.kind === "line";
    const colors = [this.color("--accent"), this.color("--mute")];
    const mute = this.color("--mute");
    return {
      type: line ? "line" : "bar",
      data: {
        labels: rows.map((r) => r.querySelector("th").textContent.trim()),
        datasets: heads.map((label, i) => ({
          label,
          data: rows.map((r) => Number(r.querySelectorAll("td")[i].dataset.value)),
          borderColor: colors[i % 2],
          backgroundColor: line ? "transparent" : colors[i % 2],
          borderDash: i ? [4, 4] : [],
          borderWidth: line ? 1.75 : 0,
          borderRadius: 3,
          pointRadius: 0,
          pointHitRadius: 16,
          tension: 0.25,
          maxBarThickness: 36,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        plugins: { tooltip: { callbacks: { label: (c) => ` ${c.dataset.label}  ${texts[c.dataIndex][c.datasetIndex]}` } } },
        scales: {
          x: { grid: { display: false }, border: { color: this.color("--line") }, ticks: { color: mute, maxRotation: 0, autoSkipPadding: 24 } },
          y: { beginAtZero: true, grid: { color: this.color("--line") }, border: { display: false }, ticks: { color: mute, maxTicksLimit: 5, callback: (v) => this.short(v) } },
        },
      },
    };
  }

  short(v) {
    return new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" }).format(v / Number(this.dataset.unit || 1));
  }
}
customElements.define("o-chart", ChartElement);
