package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the scripts of a mapping from all the places that may have one. */
final class MappingScripts {

    private final List<ScriptSource> scripts = new ArrayList<>();

    private MappingScripts() {}

    static List<ScriptSource> of(Mapping mapping) {
        MappingScripts found = new MappingScripts();
        switch (mapping.linkQualifiers()) {
            case LinkQualifiers.Scripted(ScriptSource script) -> found.add(script);
            case LinkQualifiers.Fixed _ -> {}
        }
        found.add(mapping.validSource());
        found.add(mapping.validTarget());
        found.add(mapping.sourceCondition());
        mapping.correlations().values().forEach(found::add);
        for (PropertyRow row : mapping.properties()) {
            found.add(row.transform());
            found.add(row.condition());
        }
        for (Rule rule : mapping.rules()) {
            switch (rule.action()) {
                case Rule.RuleAction.Scripted(ScriptSource script) -> found.add(script);
                case Rule.RuleAction.Named _ -> {}
            }
            found.add(rule.condition());
            found.add(rule.postAction());
        }
        mapping.hooks().values().forEach(found::add);
        return List.copyOf(found.scripts);
    }

    private void add(Correlation correlation) {
        switch (correlation) {
            case Correlation.QueryScript(ScriptSource script) -> add(script);
            case Correlation.CandidatesScript(ScriptSource script) -> add(script);
            case Correlation.Expression _ -> {}
        }
    }

    private void add(@Nullable Condition condition) {
        switch (condition) {
            case Condition.ScriptCondition(ScriptSource script) -> add(script);
            case Condition.FilterCondition _ -> {}
            case null -> {}
        }
    }

    private void add(@Nullable ScriptSource script) {
        if (script != null) {
            scripts.add(script);
        }
    }
}
