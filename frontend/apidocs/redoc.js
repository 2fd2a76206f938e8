/** Starts ReDoc on the page's own OpenAPI document. */
const place = document.getElementById('api');

const font = 'system-ui, sans-serif';
const mono = 'ui-monospace, monospace';

window.Redoc.init(
  place.dataset.openapi,
  {
    expandResponses: '200,201,202',
    nativeScrollbars: true,
    scrollYOffset: '.bar',
    theme: {
      colors: { primary: { main: '#16677a' } },
      typography: { fontFamily: font, headings: { fontFamily: font }, code: { fontFamily: mono } },
    },
  },
  place,
);
