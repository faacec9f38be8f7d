package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.access.Allowed;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The OpenAPI documents of both doors. */
@RestController
@RequestMapping(path = "/api/openapi", produces = "application/yaml")
final class DescriptionController {

    @GetMapping("/openidm.yaml")
    @Allowed(Role.VIEWER)
    Resource openidm() {
        return new ClassPathResource("openapi/openidm.yaml");
    }

    @GetMapping("/own.yaml")
    @Allowed(Role.VIEWER)
    Resource own() {
        return new ClassPathResource("openapi/own.yaml");
    }
}
