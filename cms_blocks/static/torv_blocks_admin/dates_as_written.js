/* Danes and Germans write 31.12.2027. Wagtail's calendar reads 2027-12-31 alone and, when the field is
   left, puts today in place of anything else, without a word. So the date is turned round first. */
(function () {
  const written = /^\s*(\d{1,2})[.-]\s*(\d{1,2})[.-]\s*(\d{4})(.*)$/;

  function turnRound(event) {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !window.jQuery) return;
    if (!window.jQuery(field).data("xdsoft_datetimepicker")) return;
    const parts = written.exec(field.value);
    if (!parts) return;
    const [, day, month, year, time] = parts;
    field.value = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}${time}`;
  }

  document.addEventListener("blur", turnRound, { capture: true });
})();
