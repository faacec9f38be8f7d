package dev.concord.model;

import dev.concord.model.World.Condition;
import dev.concord.model.World.Correlation;
import dev.concord.model.World.Labels;
import dev.concord.model.World.Match;
import dev.concord.model.World.SourceRecord;
import dev.concord.model.World.Transform;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scripts and filters of the worlds. Each stands here twice, one below the other: as the text the engine runs, and
 * as what the model takes it to mean. A marker attribute of the record says how the script behaves for it, so that one
 * text serves all records.
 */
public final class WorldScripts {

    private WorldScripts() {}

    // validSource, validTarget

    public static final String VALID_SOURCE =
            "if (source.valid == 'throw') throw new Error('validSource'); source.valid == 'text' ? 'text' : source.valid != 'false'";

    public static final String VALID_TARGET =
            "if (target.valid == 'throw') throw new Error('validTarget'); target.valid == 'text' ? 'text' : target.valid != 'false'";

    static boolean valid(@Nullable String marker, Ending threw, Ending noBoolean) {
        return switch (marker) {
            case "throw" -> throw new Failure(threw);
            case "text" -> throw new Failure(noBoolean);
            case "false" -> false;
            case null, default -> true;
        };
    }

    // linkQualifiers

    /** For worlds whose labels are {@code a} and {@code b}. */
    public static final String LABELS = """
            (function () {
              if (returnAll) return ['a', 'b'];
              if (object.labels == null) return ['a'];
              if (object.labels == 'throw') throw new Error('linkQualifiers');
              if (object.labels == 'text') return 7;
              return object.labels == 'none' ? [] : object.labels.split(' ');
            })()
            """;

    static List<String> labels(Labels labels, SourceRecord source) {
        if (labels instanceof Labels.Fixed fixed) {
            return fixed.all();
        }
        return switch (source.get("labels")) {
            case null -> List.of("a");
            case "throw" -> throw new Failure(Ending.LABELS_THREW);
            case "text" -> throw new Failure(Ending.LABELS_NO_LIST);
            case "none" -> List.of();
            case String text -> List.of(text.split(" "));
        };
    }

    // Conditions

    /** A mapping's sourceQuery or targetQuery, or the filter of an ad-hoc run. */
    public static String filter(Match match) {
        return filter("", match);
    }

    /**
     * A condition that is a filter, as its text; null for {@link Condition.Always} and {@link Condition.Marked}.
     *
     * @param object what the source object is called: {@code source} in sourceCondition, {@code object} elsewhere
     */
    public static @Nullable String filter(Condition condition, String object) {
        return switch (condition) {
            case Condition.ObjectMatches(Match match) -> filter("/" + object + "/", match);
            case Condition.TargetMatches(Match match) -> filter("/target/", match);
            case Condition.QualifierIs(String qualifier) -> "/linkQualifier eq \"" + qualifier + "\"";
            case Condition.Always _, Condition.Marked _ -> null;
        };
    }

    /** A condition that is a script, as its text. */
    public static String script(Condition.Marked condition, String object) {
        return "if (%1$s != null && %1$s.%2$s == 'throw') throw new Error('condition'); "
                        .formatted(object, condition.attribute())
                + "%1$s == null || (%1$s.%2$s == 'text' ? 'text' : %1$s.%2$s != 'false')"
                        .formatted(object, condition.attribute());
    }

    static boolean holds(
            Condition condition,
            @Nullable SourceRecord object,
            Map<String, String> target,
            String qualifier,
            Ending threw) {
        return switch (condition) {
            case Condition.Always _ -> true;
            case Condition.ObjectMatches(Match match) ->
                matches(match, object == null ? null : object.get(match.attribute()));
            case Condition.TargetMatches(Match match) -> matches(match, target.get(match.attribute()));
            case Condition.QualifierIs(String wanted) -> wanted.equals(qualifier);
            case Condition.Marked(String attribute) ->
                switch (object == null ? null : object.get(attribute)) {
                    case "throw" -> throw new Failure(threw);
                    case "text", "false" -> false;
                    case null, default -> true;
                };
        };
    }

    /** A comparison with what is not there is false, and negation is plain. */
    static boolean matches(Match match, @Nullable String value) {
        return match.negated() != match.value().equals(value);
    }

    private static String filter(String before, Match match) {
        String comparison = before + match.attribute() + " eq \"" + match.value() + "\"";
        return match.negated() ? "!(" + comparison + ")" : comparison;
    }

    // Correlation

    public static String correlationQuery(Correlation.QueryScript query) {
        return """
                (function () {
                  if (source.corr == 'throw') throw new Error('correlationQuery');
                  if (source.corr == 'null') return null;
                  if (source.corr == 'text') return {_queryFilter: 'mail eq'};
                  var all = [%s];
                  var used = all.filter(function (name) { return source[name] != null; });
                  if (used.length == 0 || (%b && used.length < all.length)) return null;
                  var terms = used.map(function (name) { return name + ' eq "' + source[name] + '"'; });
                  return {_queryFilter: terms.join(' %s ')};
                })()
                """.formatted(
                        query.attributes().stream().map(a -> "'" + a + "'").collect(Collectors.joining(", ")),
                        query.all(),
                        query.all() ? "and" : "or");
    }

    static boolean isHit(Correlation.QueryScript query, SourceRecord source, Map<String, String> target) {
        switch (source.get("corr")) {
            case "throw" -> throw new Failure(Ending.CORRELATION_THREW);
            case "text" -> throw new Failure(Ending.CORRELATION_NO_FILTER);
            case "null" -> {
                return false;
            }
            case null, default -> {}
        }
        return query.all()
                ? query.attributes().stream().allMatch(a -> same(source.get(a), target.get(a)))
                : query.attributes().stream().anyMatch(a -> same(source.get(a), target.get(a)));
    }

    public static final String CORRELATION_SCRIPT = """
            (function () {
              if (source.corr == 'throw') throw new Error('correlationScript');
              if (source.corr == 'null' || source.candidates == null) return null;
              if (source.corr == 'text') return 7;
              return source.candidates.split(' ').map(function (id) { return {_id: id}; });
            })()
            """;

    static List<String> candidates(SourceRecord source) {
        String corr = source.get("corr");
        String candidates = source.get("candidates");
        if ("throw".equals(corr)) {
            throw new Failure(Ending.CORRELATION_THREW);
        }
        if ("null".equals(corr) || candidates == null) {
            return List.of();
        }
        if ("text".equals(corr)) {
            throw new Failure(Ending.CORRELATION_NO_LIST);
        }
        return List.of(candidates.split(" "));
    }

    /** An empty value matches nothing. */
    static boolean same(@Nullable String wanted, @Nullable String value) {
        return wanted != null && !wanted.isEmpty() && wanted.equals(value);
    }

    // Transforms

    /** The text of a transform; null for {@link Transform#NONE}. */
    public static @Nullable String transform(Transform transform) {
        return switch (transform) {
            case NONE -> null;
            case STRICT -> "if (source == 'bad') throw new Error('transform'); source";
            case SWAP -> "({m1: 'm2', m2: 'm1', n1: 'n2', n2: 'n1'})[source] || source";
            case QUALIFIED -> "source == null ? null : source + '-' + linkQualifier";
            case FORGET -> "source == 'm3' || source == 'n3' ? null : source";
            case CONSTANT -> "'same'";
            case ITS_ID -> "source._id";
            case OWN_ID -> "'c-' + source._id + '-' + linkQualifier";
        };
    }

    /**
     * What a transform gives.
     *
     * @param id that of the source record, for the transforms of the whole object, to which {@code value} is null
     */
    static @Nullable String transform(
            Transform transform, @Nullable String value, @Nullable String id, String qualifier) {
        return switch (transform) {
            case NONE -> value;
            case STRICT -> {
                if ("bad".equals(value)) {
                    throw new Failure(Ending.TRANSFORM_THREW);
                }
                yield value;
            }
            case SWAP ->
                switch (value) {
                    case "m1" -> "m2";
                    case "m2" -> "m1";
                    case "n1" -> "n2";
                    case "n2" -> "n1";
                    case null, default -> value;
                };
            case QUALIFIED -> value == null ? null : value + "-" + qualifier;
            case FORGET -> "m3".equals(value) || "n3".equals(value) ? null : value;
            case CONSTANT -> "same";
            case ITS_ID -> id;
            case OWN_ID -> "c-" + id + "-" + qualifier;
        };
    }

    // Rules

    public static String action(Action usual) {
        return """
                (function () {
                  var act = source == null ? null : source.act;
                  if (act == 'throw') throw new Error('action');
                  if (act == 'null') return null;
                  if (act == 'text') return 'NO_SUCH_ACTION';
                  if (act == 'default') return recon.actionParam.action;
                  if (act == 'side') return sourceAction ? 'IGNORE' : 'REPORT';
                  return '%s';
                })()
                """.formatted(usual.name().toLowerCase(Locale.ROOT));
    }

    /**
     * @param replaced the action the situation has without a rule
     * @param sourceSide whether the op was assessed in the source phase
     */
    static Action action(Action usual, @Nullable SourceRecord source, Action replaced, boolean sourceSide) {
        return switch (source == null ? null : source.get("act")) {
            case "throw" -> throw new Failure(Ending.ACTION_THREW);
            case "null" -> throw new Failure(Ending.ACTION_NULL);
            case "text" -> throw new Failure(Ending.ACTION_UNKNOWN);
            case "default" -> replaced;
            case "side" -> sourceSide ? Action.IGNORE : Action.REPORT;
            case null, default -> usual;
        };
    }

    /** A hook that throws for one record, and for another tries to change the target. */
    public static String hook(Hook hook) {
        return """
                if (source != null && source.hook == '%1$s') throw new Error('%1$s');
                if (source != null && source.hook == 'change') target.note = '%1$s';
                """.formatted(hook.key());
    }

    static void run(Hook hook, @Nullable SourceRecord source, Map<String, String> target) {
        String marker = source == null ? null : source.get("hook");
        if (hook.key().equals(marker)) {
            throw new Failure(hook.threw());
        }
        if ("change".equals(marker) && hook.changesTarget()) {
            target.put("note", hook.key());
        }
    }

    public static final String POST_ACTION =
            "if (source != null && source.post == 'throw') throw new Error('postAction')";

    static boolean postActionThrows(@Nullable SourceRecord source) {
        return source != null && "throw".equals(source.get("post"));
    }
}
