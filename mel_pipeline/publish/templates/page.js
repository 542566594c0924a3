// Draws the figures of the page. Their numbers also stand in the tables beside them, which need no script.
(async () => {
  const figures = JSON.parse(document.getElementById("charts").textContent);
  const printing = matchMedia("print").matches || /[?&]print/.test(location.search);
  await document.fonts.ready;
  for (const name of Object.keys(figures)) {
    const { data, layout } = figures[name];
    await Plotly.newPlot(`chart-${name}`, data, layout, { displayModeBar: false, responsive: !printing });
  }
  document.documentElement.dataset.ready = "1";
})();
