package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.explanation.Explanation;
import dev.concord.explanation.Explanation.Side;
import dev.concord.explanation.Explanation.Subject;
import dev.concord.review.Impact;
import dev.concord.run.Explanations;
import dev.concord.run.Home;
import dev.concord.run.Reconciliations;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What definitions mean: for one record, and for what they use. */
@RestController
@RequestMapping("/api")
final class DefinitionController {

    private final Home home;
    private final Reconciliations reconciliations;
    private final Explanations explanations;

    DefinitionController(Home home, Reconciliations reconciliations, Explanations explanations) {
        this.home = home;
        this.reconciliations = reconciliations;
        this.explanations = explanations;
    }

    /** What a run would do with one record now, and why. Touches nothing. */
    @GetMapping("/mappings/{name}/explain")
    @Allowed(Role.AUDITOR)
    Map<String, @Nullable Object> explain(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String target) {
        if (!reconciliations.definitions().mappings().containsKey(name)) {
            throw Refusal.notFound("There is no usable mapping of this name.");
        }
        return explanation(name, source, target).json();
    }

    private Explanation explanation(String name, @Nullable String source, @Nullable String target) {
        if (source != null && target == null) {
            return explanations.explain(name, new Subject(Side.SOURCE, source));
        }
        if (target != null && source == null) {
            return explanations.explain(name, new Subject(Side.TARGET, target));
        }
        throw Refusal.badRequest("Name one record: source=ID, or target=ID.");
    }

    /** What uses an object type, or one of its attributes, and what breaks without it. */
    @GetMapping("/impact")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> impact(@RequestParam String of) {
        try {
            return Impact.of(reconciliations.definitions(), home.jobs(), question(of))
                    .json();
        } catch (IllegalArgumentException unknown) {
            throw Refusal.badRequest(String.valueOf(unknown.getMessage()));
        }
    }

    /** In addresses the attribute stands behind a slash, too; the search wants a full stop before it. */
    private static String question(String of) {
        int parts = of.startsWith("system/") ? 3 : 2;
        int at = -1;
        for (int i = 0; i < parts; i++) {
            at = of.indexOf('/', at + 1);
            if (at < 0) {
                return of;
            }
        }
        String type = of.substring(0, at);
        return type.contains(".") ? of : type + "." + of.substring(at + 1);
    }
}
