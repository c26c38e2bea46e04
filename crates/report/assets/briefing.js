// Figures and tables as files, from what is in the page: no request leaves it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-name]");
  if (!button) return;
  let text, type;
  if (button.dataset.csv) {
    text = document.getElementById(button.dataset.csv).textContent;
    type = "text/csv";
  } else {
    const drawing = document.querySelector(`#${button.dataset.svg} .wide svg`);
    text = new XMLSerializer().serializeToString(drawing);
    type = "image/svg+xml";
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = button.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
