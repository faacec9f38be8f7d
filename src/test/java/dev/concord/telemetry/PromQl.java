package dev.concord.telemetry;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that an expression of Prometheus names, and the labels it selects or groups them by. Reads as much of the
 * language as the files of this project use.
 */
record PromQl(Set<String> metrics, Set<String> labels) {

    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])([A-Za-z_:][\\w:]*)(?!\\w|\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    static PromQl of(String expression) {
        Set<String> metrics = new LinkedHashSet<>();
        Set<String> labels = new LinkedHashSet<>();
        String rest = expression.replaceAll("\"[^\"]*\"", "\"\"");
        Matcher selector = SELECTOR.matcher(rest);
        while (selector.find()) {
            MATCHER.matcher(selector.group(1)).results().forEach(label -> labels.add(label.group(1)));
        }
        rest = selector.replaceAll("").replaceAll("\\[[^]]*]", "");
        Matcher grouping = GROUPING.matcher(rest);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",")) {
                labels.add(label.strip());
            }
        }
        rest = grouping.replaceAll("").replaceAll("\\boffset\\s+\\w+", "");
        NAME.matcher(rest)
                .results()
                .map(name -> name.group(1))
                .filter(name -> !WORDS.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .forEach(metrics::add);
        return new PromQl(metrics, labels);
    }
}
