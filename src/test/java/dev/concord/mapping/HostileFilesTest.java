package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file, it is read quickly, becomes faults, and throws nothing. */
class HostileFilesTest {

    /** Guards against hanging: far more than any of these takes, far less than a bomb would. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Map<String, String> GOOD = Corpus.good();
    private static final List<String> FILES =
            GOOD.keySet().stream().filter(SourcePath::isDefinition).toList();

    @Property(tries = 1_500)
    void mangledFilesNeverThrow(
            @ForAll @IntRange(max = 1_000) int file,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int changes) {
        String path = FILES.get(file % FILES.size());
        byte[] bytes = mangle(GOOD.get(path).getBytes(StandardCharsets.UTF_8), new Random(seed), changes);

        Sources.Content content = FolderSources.decode(bytes);
        if (content instanceof Sources.Content.Text(String text)) {
            Definitions definitions = Corpus.load(Corpus.with(GOOD, path, text));
            assertThat(definitions.faults()).allSatisfy(fault -> {
                assertThat(fault.message()).isNotBlank().doesNotContain("\n");
                assertThat(fault.place().line()).isNotNegative();
            });
        }
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("aliases that multiply", "a.yaml", laughs(), "too many aliases"),
                Arguments.of("many aliases", "a.yaml", "a: &a 1\nb: [" + "*a, ".repeat(101) + "]", "too many aliases"),
                Arguments.of("deep lists", "a.yaml", "[".repeat(1_000_000), "more than 50 levels"),
                Arguments.of("deep objects", "a.yaml", "{a: ".repeat(1_000_000), "more than 50 levels"),
                Arguments.of("deep indentation", "a.yaml", indentation(2_000), "more than 50 levels"),
                Arguments.of("deep list items", "a.yaml", "- ".repeat(1_000_000), "more than 50 levels"),
                Arguments.of("deep JSON", "a.json", "[".repeat(5_000_000), "more than 50 levels"),
                Arguments.of("many values", "a.yaml", "a: [" + "1,".repeat(1_100_000) + "]", "more than 300000 values"),
                Arguments.of(
                        "many values in JSON",
                        "a.json",
                        "[" + "1,".repeat(1_100_000) + "1]",
                        "more than 300000 values"),
                Arguments.of("many unknown keys", "a.json", keys(280_000), "the key name is required"),
                Arguments.of("the same key again and again", "a.yaml", "a: 1\n".repeat(500_000), "is there twice"),
                Arguments.of(
                        "long keys above many values",
                        "a.json",
                        "{\"" + "k".repeat(40_000) + "\": [" + "{},".repeat(280_000) + "1]}",
                        "the key name is required"),
                Arguments.of(
                        "many faults below long keys",
                        "a.yaml",
                        "name: a\nsource: x\ntarget: y\nproperties: [" + "1,".repeat(280_000) + "]",
                        "and 27"),
                Arguments.of(
                        "a long key", "a.yaml", "? " + "k".repeat(4_000_000) + "\n: 1", "the key name is required"),
                Arguments.of(
                        "a long number", "a.json", "{\"a\": " + "9".repeat(1_000_000) + "}", "this number is too long"),
                Arguments.of("a large exponent", "a.yaml", "a: 1e999999999", "this number is too long"),
                Arguments.of("not a number", "a.yaml", "a: .nan", "this number is too long"),
                Arguments.of("an open text", "a.yaml", "a: \"" + "x\n".repeat(2_000_000), "not YAML"),
                Arguments.of("many question marks", "a.yaml", "? ".repeat(2_000_000), "a key must be a text"),
                Arguments.of(
                        "many anchors",
                        "a.yaml",
                        IntStream.range(0, 200_000)
                                .mapToObj(i -> "k" + i + ": &a" + i + " 1\n")
                                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                                .toString(),
                        "the key name is required"),
                Arguments.of(
                        "a deep filter",
                        "a.yaml",
                        "name: a\nsource: managed/alpha_user\ntarget: managed/alpha_user\n" + "sourceQuery: '"
                                + "(".repeat(19_000) + "'",
                        "is no filter"),
                Arguments.of(
                        "many negations",
                        "a.yaml",
                        "name: a\nsource: managed/alpha_user\ntarget: managed/alpha_user\n" + "sourceQuery: '"
                                + "!".repeat(19_000) + "'",
                        "is no filter"),
                Arguments.of("a control character", "a.yaml", "name: a\nb: \u0007", "the character U+0007"),
                Arguments.of("a custom tag", "a.yaml", "a: !!javax.script.ScriptEngineManager []", "the tag "),
                Arguments.of("a local tag", "a.yaml", "a: !include x", "the tag !include"),
                Arguments.of("nothing", "a.yaml", "", "the file is empty"),
                Arguments.of("null", "a.json", "null", "the file is empty"),
                Arguments.of("two JSON values", "a.json", "{} {}", "more text after the end"),
                Arguments.of("half a JSON value", "a.json", "{\"a\": [1", "not JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void bombsAreRefusedQuickly(String name, String path, String text, String message) {
        List<String> faults =
                assertTimeoutPreemptively(LIMIT, () -> Corpus.faults(Corpus.with(GOOD, path, text), path));

        assertThat(faults).anyMatch(fault -> fault.contains(message)).hasSizeLessThanOrEqualTo(2 * (Limits.FAULTS + 1));
        assertThat(faults).allMatch(fault -> fault.length() < 1_000);
    }

    @Test
    void anAliasMayStandForAValueOfAnotherPlace() {
        String text = """
                name: a
                source: managed/alpha_user
                target: managed/alpha_user
                validSource: &valid {script: "source.active"}
                validTarget: *valid
                """;

        Mapping mapping =
                Corpus.load(Corpus.with(GOOD, "a.yaml", text)).mappings().get("a");

        assertThat(mapping.validTarget()).isNotNull().isEqualTo(mapping.validSource());
    }

    private static byte[] mangle(byte[] good, Random random, int changes) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : good) {
            bytes.add(b);
        }
        String likely = "{}[]:,-#&*!|>'\"%@`?\n\t \\~$/0123456789eE.+<=\u0000\u0001";
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.size() + 1);
            switch (random.nextInt(4)) {
                case 0 -> bytes.add(at, (byte) likely.charAt(random.nextInt(likely.length())));
                case 1 -> bytes.add(at, (byte) random.nextInt(256));
                case 2 ->
                    bytes.subList(at, Math.min(bytes.size(), at + random.nextInt(20)))
                            .clear();
                default ->
                    bytes.addAll(
                            at,
                            List.copyOf(bytes.subList(
                                    Math.min(at, bytes.size()), Math.min(bytes.size(), at + random.nextInt(60)))));
            }
        }
        byte[] mangled = new byte[bytes.size()];
        for (int i = 0; i < mangled.length; i++) {
            mangled[i] = bytes.get(i);
        }
        return mangled;
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, "*a" + (i - 1)))));
        }
        return text.toString();
    }

    private static String indentation(int levels) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text.toString();
    }

    private static String keys(int count) {
        StringBuilder text = new StringBuilder("{\"x\": 1");
        for (int i = 0; i < count; i++) {
            text.append(", \"nam").append(i).append("\": 1");
        }
        return text.append('}').toString();
    }
}
