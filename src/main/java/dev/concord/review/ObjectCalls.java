package dev.concord.review;

import dev.concord.record.Pointer;
import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Meaning.Other;
import dev.concord.review.Meaning.Results;
import dev.concord.review.Meaning.Text;
import dev.concord.review.Use.Way;
import dev.concord.script.SyntaxNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of {@code openidm.*}: which object type, and which attributes by filters, field lists and contents. */
final class ObjectCalls {

    private static final Pattern OBJECT_SET = Pattern.compile("/?(managed/[^/]+|system/[^/]+/[^/]+)(/.*)?");
    private static final Set<String> FUNCTIONS =
            Set.of("read", "query", "create", "update", "patch", "delete", "action");

    private final ScriptFindings findings;
    private final Function<SyntaxNode, Map<String, Set<Meaning>>> membersOf;
    private final Set<SyntaxNode> parameters = new HashSet<>();

    /** @param membersOf the members of an object that the script makes */
    ObjectCalls(ScriptFindings findings, Function<SyntaxNode, Map<String, Set<Meaning>>> membersOf) {
        this.findings = findings;
        this.membersOf = membersOf;
    }

    /** The objects that were given to a call as its parameters. */
    Set<SyntaxNode> parameters() {
        return parameters;
    }

    /** What a call returns; everything it uses is added to the findings. */
    Set<Meaning> call(String function, int line, List<Set<Meaning>> arguments) {
        if (!FUNCTIONS.contains(function)) {
            return Set.of(Other.OTHER);
        }
        Set<Meaning> returned = new LinkedHashSet<>();
        for (String objectSet : objectSets(argument(arguments, 0))) {
            findings.add(line, objectSet, Pointer.WHOLE, Way.NAMES, true);
            returned.add(
                    switch (function) {
                        case "query" -> {
                            parameters(line, objectSet, argument(arguments, 1));
                            fields(line, objectSet, argument(arguments, 2));
                            yield new Results(objectSet);
                        }
                        case "read" -> {
                            fields(line, objectSet, argument(arguments, 2));
                            yield new Data(objectSet, List.of());
                        }
                        case "create", "update" -> {
                            content(line, objectSet, argument(arguments, 2));
                            fields(line, objectSet, argument(arguments, 4));
                            yield new Data(objectSet, List.of());
                        }
                        case "patch" -> {
                            patch(line, objectSet, argument(arguments, 2));
                            fields(line, objectSet, argument(arguments, 4));
                            yield new Data(objectSet, List.of());
                        }
                        default -> Other.OTHER;
                    });
        }
        return returned;
    }

    /** The types that paths name; one of which the type is not known is any. Paths of other things are left out. */
    private static Set<String> objectSets(Set<Meaning> paths) {
        Set<String> sets = new LinkedHashSet<>();
        for (Meaning path : paths.isEmpty() ? Set.<Meaning>of(Other.OTHER) : paths) {
            if (!(path instanceof Text text)) {
                sets.add(ScriptUse.ANY);
                continue;
            }
            Matcher matcher = OBJECT_SET.matcher(text.text());
            if (matcher.matches() && matcher.group(1).indexOf(Meaning.HOLE) < 0) {
                sets.add(matcher.group(1));
            } else if (!text.isFixed() && couldBeAny(text.text())) {
                sets.add(ScriptUse.ANY);
            }
        }
        return sets;
    }

    private static boolean couldBeAny(String path) {
        String known = path.substring(0, path.indexOf(Meaning.HOLE));
        return known.isEmpty() || known.startsWith("managed/") || known.startsWith("system/");
    }

    private void parameters(int line, String objectSet, Set<Meaning> given) {
        for (Meaning meaning : given) {
            if (!(meaning instanceof Made made)) {
                findings.add(line, objectSet, Pointer.WHOLE, Way.MAY_USE, true);
                continue;
            }
            parameters.add(made.node());
            Map<String, Set<Meaning>> members = membersOf.apply(made.node());
            if (members.containsKey("_queryFilter")) {
                findings.filter(line, objectSet, members.getOrDefault("_queryFilter", Set.of()), true);
            }
            for (String list : List.of("_fields", "_sortKeys")) {
                for (String names : Texts.fixed(members.getOrDefault(list, Set.of()))) {
                    for (String name : names.split(",", -1)) {
                        field(line, objectSet, name.strip().replaceFirst("^[+-]", ""));
                    }
                }
            }
        }
    }

    private void fields(int line, String objectSet, Set<Meaning> lists) {
        for (Meaning list : lists) {
            if (list instanceof Elements(Text text) && text.isFixed()) {
                field(line, objectSet, text.text());
            }
        }
    }

    private void field(int line, String objectSet, String name) {
        if (!name.isEmpty() && !name.startsWith("*")) {
            findings.add(line, objectSet, Pointer.of(name), Way.READS, true);
        }
    }

    private void content(int line, String objectSet, Set<Meaning> contents) {
        for (Meaning content : contents.isEmpty() ? Set.<Meaning>of(Other.OTHER) : contents) {
            if (content instanceof Made made) {
                membersOf
                        .apply(made.node())
                        .keySet()
                        .forEach(name -> findings.add(line, objectSet, new Pointer(List.of(name)), Way.WRITES, true));
            } else {
                findings.add(line, objectSet, Pointer.WHOLE, Way.MAY_USE, true);
            }
        }
    }

    private void patch(int line, String objectSet, Set<Meaning> operations) {
        for (Meaning operation : operations) {
            Set<Meaning> fields = operation instanceof Elements(Made made)
                    ? membersOf.apply(made.node()).getOrDefault("field", Set.of())
                    : Set.of();
            Texts.fixed(fields).forEach(field -> findings.add(line, objectSet, Pointer.of(field), Way.WRITES, true));
            if (Texts.isOpen(fields)) {
                findings.add(line, objectSet, Pointer.WHOLE, Way.MAY_USE, true);
            }
        }
    }

    private static Set<Meaning> argument(List<Set<Meaning>> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : Set.of();
    }
}
