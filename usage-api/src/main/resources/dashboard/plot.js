// Charts, in the colours of the theme. Their figures are always in a table beside them, too.

/* global Chart */

const probe = document.createElement("span");
probe.hidden = true;

/** A colour of the style sheet as it is now. */
export function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.className = `c-${name}`;
  return getComputedStyle(probe).color;
}

export const SERIES = 8;
export const seriesColour = (index) => colour(index < 0 ? "other" : `series-${index % SERIES}`);

function ticks() {
  return { color: colour("muted"), font: { size: 11 }, maxRotation: 0, autoSkipPadding: 16 };
}

/**
 * Bars on a canvas. `recolour(chart)` sets the colours of its data, now and whenever the theme changes.
 *
 * @param axisText how a number on the vertical axis is written
 * @param tooltip labels of a data point, and of the column that it is in
 */
export function bars(canvas, { stacked = false, axisText, tooltip, recolour }) {
  const chart = new Chart(canvas, {
    type: "bar",
    data: { labels: [], datasets: [] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      scales: {
        x: { stacked, grid: { display: false }, border: { display: false }, ticks: ticks() },
        y: {
          stacked,
          beginAtZero: true,
          border: { display: false },
          ticks: { ...ticks(), maxTicksLimit: 5, callback: (value) => axisText(value) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { padding: 10, cornerRadius: 6, usePointStyle: true, boxWidth: 8, boxHeight: 8,
          filter: (item) => item.raw !== 0 && item.raw !== null, itemSort: (one, other) => other.datasetIndex - one.datasetIndex, callbacks: tooltip },
      },
    },
  });
  const paint = () => {
    const { x, y } = chart.options.scales;
    x.ticks.color = y.ticks.color = colour("muted");
    y.grid = { color: colour("line"), drawTicks: false };
    Object.assign(chart.options.plugins.tooltip, {
      backgroundColor: colour("tip"), titleColor: colour("tip-ink"), bodyColor: colour("tip-ink"), footerColor: colour("tip-ink"),
    });
    recolour(chart);
    chart.update("none");
  };
  document.addEventListener("tollgate-theme", paint);
  paint();
  return chart;
}
