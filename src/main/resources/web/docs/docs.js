"use strict";

// A token stays in the page's memory, nothing is read from the page's address, and no other host is asked.
// A browser that restores its pages keeps what was typed into them, but for what is not to be completed.
document.addEventListener("focusin", event => {
  if (event.target.matches("input, textarea")) {
    event.target.autocomplete = "off";
  }
});

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
