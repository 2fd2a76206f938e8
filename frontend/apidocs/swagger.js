/** Starts Swagger UI on the page's own OpenAPI document. */
const place = document.getElementById('api');

window.SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  // The default is a service on the internet that would be sent the address of this server.
  validatorUrl: null,
});
