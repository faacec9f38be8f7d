package dev.concord.correlation;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import java.util.List;

/** What correlation asks about one record. */
public sealed interface Question {

    /** Nobody is asked: no correlation is configured, it gave no result, or it is skipped. */
    record Nothing() implements Question {}

    /** Which targets match a filter. */
    record Matching(Filter filter) implements Question {}

    /** Which of these targets exist: a script named them by id. */
    record Named(List<String> targetIds) implements Question {}

    /** Whether a target is an answer. */
    default boolean admits(Resource target) {
        return switch (this) {
            case Nothing nothing -> false;
            case Matching matching -> matching.filter().matches(target.view());
            case Named named -> named.targetIds().contains(target.id());
        };
    }
}
