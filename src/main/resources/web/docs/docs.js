"use strict";

// A token stays in the page's memory, nothing is read from the page's address, and no other host is asked.
SwaggerUIBundle({
  url: "/docs/openapi.json",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  persistAuthorization: false,
  queryConfigEnabled: false,
  validatorUrl: null,
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
});
