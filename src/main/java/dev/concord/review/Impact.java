package dev.concord.review;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.Schedule;
import dev.concord.mapping.Suggestion;
import dev.concord.record.Pointer;
import dev.concord.review.Use.Way;
import dev.concord.script.SyntaxTrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that uses an object type or one of its attributes.
 *
 * @param objectSet the type's path
 * @param attribute the whole object when the type was asked for
 * @param uses in the order of the definitions: what defines it, mappings, schedules
 * @param unread the scripts that no parser could read, so that nothing is known of them
 * @param hint what to say beside the uses, such as that there is no such attribute; empty for nothing
 */
public record Impact(String objectSet, Pointer attribute, List<Use> uses, Set<Place> unread, String hint) {

    /**
     * Searches all definitions. Nothing is run; the first search of a process takes about a second, in which the parser
     * of scripts is started. Throws {@link IllegalArgumentException} saying what is known when no object set of that
     * name is.
     *
     * @param question {@code managed/alpha_user}, or with an attribute behind a full stop:
     *     {@code managed/alpha_user.mail}, {@code managed/alpha_user.address/locality}
     * @param jobsFolder the folder of the definitions
     */
    public static Impact of(Definitions definitions, Path jobsFolder, String question) {
        Schemas schemas = new Schemas(definitions, jobsFolder);
        String objectSet = objectSet(question, schemas.objectSets());
        String name = question.length() > objectSet.length() ? question.substring(objectSet.length() + 1) : "";
        Pointer attribute = Pointer.of(name);
        try (SyntaxTrees trees = new SyntaxTrees()) {
            DefinitionUses.Found found = DefinitionUses.of(definitions, trees);
            List<Use> uses = new ArrayList<>();
            Set<String> mappings = new LinkedHashSet<>();
            for (Use use : found.uses()) {
                if (concerns(use, objectSet, attribute)) {
                    uses.add(attribute.isWhole() ? ofType(use, objectSet, definitions) : asFarAsKnown(use));
                    mappings.add(use.owner());
                }
            }
            schedules(definitions, mappings, objectSet, attribute, uses);
            return new Impact(
                    objectSet, attribute, List.copyOf(uses), found.unread(), hint(schemas, objectSet, attribute));
        }
    }

    private static String objectSet(String question, Set<String> known) {
        String best = "";
        for (String path : known) {
            if ((question.equals(path) || question.startsWith(path + ".")) && path.length() > best.length()) {
                best = path;
            }
        }
        if (best.isEmpty()) {
            int stop = question.indexOf('.');
            String path = stop < 0 ? question : question.substring(0, stop);
            throw new IllegalArgumentException(
                    "\"" + path + "\" is no known object set" + Suggestion.tail("known", path, known));
        }
        return best;
    }

    private static boolean concerns(Use use, String objectSet, Pointer attribute) {
        if (!use.objectSet().equals(objectSet) && !use.objectSet().equals(ScriptUse.ANY)) {
            return false;
        }
        if (attribute.isWhole()) {
            return true;
        }
        if (use.attribute().isWhole()) {
            return use.way() == Way.MAY_USE;
        }
        List<String> one = use.attribute().tokens();
        List<String> other = attribute.tokens();
        int common = Math.min(one.size(), other.size());
        return one.subList(0, common).equals(other.subList(0, common));
    }

    /** A use of a type that is only known when a script runs is no more than possible. */
    private static Use asFarAsKnown(Use use) {
        return use.objectSet().equals(ScriptUse.ANY)
                ? new Use(
                        use.place(),
                        use.owner(),
                        use.part(),
                        Way.MAY_USE,
                        use.objectSet(),
                        use.attribute(),
                        Losses.UNKNOWN)
                : use;
    }

    /** The same use when the whole type goes: a mapping from or to it goes too. */
    private static Use ofType(Use use, String objectSet, Definitions definitions) {
        Mapping mapping = definitions.mappings().get(use.owner());
        boolean side = mapping != null
                && (mapping.source().equals(objectSet) || mapping.target().equals(objectSet));
        boolean names = use.loss().equals(Losses.MAPPING) || use.way() == Way.DEFINES;
        if (mapping == null || names) {
            return use;
        }
        String loss = side ? Losses.WITH_MAPPING : Losses.SCRIPT_CALL;
        return asFarAsKnown(
                new Use(use.place(), use.owner(), use.part(), use.way(), use.objectSet(), use.attribute(), loss));
    }

    private static void schedules(
            Definitions definitions, Set<String> mappings, String objectSet, Pointer attribute, List<Use> uses) {
        Places places = new Places(definitions);
        for (Schedule schedule : definitions.schedules().values()) {
            if (mappings.contains(schedule.mapping())) {
                uses.add(new Use(
                        places.of(schedule.place(), "invokeContext", "mapping"),
                        "schedule " + schedule.name(),
                        "mapping " + schedule.mapping(),
                        Way.STARTS,
                        objectSet,
                        attribute,
                        attribute.isWhole() ? Losses.IDLE_SCHEDULE : Losses.SCHEDULE));
            }
        }
    }

    private static String hint(Schemas schemas, String objectSet, Pointer attribute) {
        Optional<Set<String>> known = schemas.attributes(objectSet);
        if (attribute.isWhole() || known.isEmpty() || known.get().contains(attribute.attribute())) {
            return "";
        }
        return objectSet + " has no attribute \"" + attribute.attribute() + "\""
                + Suggestion.tail("known", attribute.attribute(), known.get());
    }

    /** What was found, in the shape that programs get it. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("objectSet", objectSet);
        json.put("attribute", attribute.isWhole() ? null : name(attribute));
        json.put("uses", uses.stream().map(Impact::json).toList());
        json.put("unreadScripts", unread.stream().map(Impact::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Use use) {
        Map<String, @Nullable Object> json = json(use.place());
        json.put("owner", use.owner());
        json.put("part", use.part());
        json.put("use", use.way().words());
        json.put("objectSet", use.objectSet());
        json.put("attribute", use.attribute().isWhole() ? null : name(use.attribute()));
        json.put("withoutIt", use.loss());
        return json;
    }

    private static Map<String, @Nullable Object> json(Place place) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("file", "jobs/" + place.file());
        json.put("line", place.line());
        json.put("pointer", place.pointer());
        return json;
    }

    private static String name(Pointer pointer) {
        return pointer.toString().substring(1);
    }
}
