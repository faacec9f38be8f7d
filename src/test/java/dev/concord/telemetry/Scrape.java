package dev.concord.telemetry;

import dev.concord.testing.Server;
import java.net.http.HttpRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server answers to a scrape: samples by name, each with its labels. */
record Scrape(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("([\\w:]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    record Sample(String name, Map<String, String> labels, double value) {

        boolean has(String... pairs) {
            for (int i = 0; i < pairs.length; i += 2) {
                if (!pairs[i + 1].equals(labels.get(pairs[i]))) {
                    return false;
                }
            }
            return true;
        }
    }

    static Scrape of(Server server) {
        String text = server.send(HttpRequest.newBuilder(server.management("/actuator/prometheus"))
                        .build())
                .body();
        return new Scrape(text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Scrape::sample)
                .toList());
    }

    private static Sample sample(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("This is no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (parts.group(2) != null) {
            LABEL.matcher(parts.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(parts.group(1), labels, Double.parseDouble(parts.group(3)));
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        samples.forEach(sample -> names.add(sample.name()));
        return names;
    }

    /** The labels that samples of a name have. */
    Set<String> labels(String name) {
        Set<String> labels = new LinkedHashSet<>();
        samples.stream()
                .filter(sample -> sample.name().equals(name))
                .forEach(sample -> labels.addAll(sample.labels().keySet()));
        return labels;
    }

    /** The sum of the samples of a name that carry these labels: name, value, name, value... */
    double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.has(labels))
                .mapToDouble(Sample::value)
                .sum();
    }
}
