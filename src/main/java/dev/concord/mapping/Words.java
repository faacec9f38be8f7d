package dev.concord.mapping;

import dev.concord.filter.Normalization;
import dev.concord.secret.HashAlgorithm;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A closed vocabulary of definition files. The names of actions and situations are read in any case, as PingIDM does.
 */
final class Words<E extends Enum<E>> {

    static final Words<Action> ACTIONS = new Words<>("action", Action.class, Enum::name);
    static final Words<Situation> SITUATIONS = new Words<>("situation", Situation.class, Enum::name);
    static final Words<Normalization> NORMALIZATIONS = new Words<>("normalization", Normalization.class, Words::lower);
    static final Words<AttributeDefinition.AttributeType> ATTRIBUTE_TYPES =
            new Words<>("attribute type", AttributeDefinition.AttributeType.class, Words::lower);
    static final Words<HashAlgorithm> HASH_ALGORITHMS =
            new Words<>("hash algorithm", HashAlgorithm.class, Words::lower);
    static final Words<Schedule.Type> SCHEDULE_TYPES =
            new Words<>("type of schedule", Schedule.Type.class, Words::lower);
    static final Words<Schedule.MisfirePolicy> MISFIRE_POLICIES =
            new Words<>("misfire policy", Schedule.MisfirePolicy.class, Schedule.MisfirePolicy::word);
    static final Words<Webhook.Event> WEBHOOK_EVENTS = new Words<>("event", Webhook.Event.class, Webhook.Event::word);
    static final Words<SystemReader.Type> SYSTEM_TYPES =
            new Words<>("type of system", SystemReader.Type.class, Words::lower);

    private final String what;
    private final boolean anyCase;
    private final Map<String, E> words = new LinkedHashMap<>();

    private Words(String what, Class<E> type, Function<E, String> spelling) {
        this.what = what;
        this.anyCase = type == Action.class || type == Situation.class;
        Arrays.stream(type.getEnumConstants()).forEach(constant -> words.put(spelling.apply(constant), constant));
    }

    /** The words as they are spelled in files. */
    List<String> all() {
        return List.copyOf(words.keySet());
    }

    @Nullable
    E read(Node node, FaultLog log) {
        String text = Fields.text(node, log);
        if (text == null) {
            return null;
        }
        for (Map.Entry<String, E> word : words.entrySet()) {
            if (anyCase ? word.getKey().equalsIgnoreCase(text) : word.getKey().equals(text)) {
                return word.getValue();
            }
        }
        log.error(node, Quote.text(text) + " is no " + what + Suggestion.tail("allowed", text, all()));
        return null;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
