package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/mapping-reference.md} is written from the JSON Schemas. With {@code -Dconcord.docs.write=true} the page
 * is written anew.
 */
class ReferencePageTest {

    private static final Path PAGE = Path.of("docs/mapping-reference.md");
    private static final Pattern KEY = Pattern.compile("\"([A-Za-z_]+)\": \\{\\s+\"description\"");

    @Test
    void theReferenceIsWhatTheSchemasSay() throws IOException {
        String text = text();
        if (Boolean.getBoolean("concord.docs.write")) {
            Files.writeString(PAGE, text);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as(
                        "%s is stale: run ./mvnw test -Dtest=ReferencePageTest -Dconcord.docs.write=true and commit it",
                        PAGE)
                .isEqualTo(text);
    }

    /** Found without the code that writes the page: every name that a schema has anything to say about. */
    @Test
    void everyKeyOfTheSchemasIsInTheReference() throws IOException {
        String page = text();
        Set<String> missing = new TreeSet<>();
        for (String schema : new String[] {"mapping", "system", "managed", "key", "schedule", "webhook"}) {
            String text = Files.readString(Path.of("src/main/resources/schema", schema + ".schema.json"));
            Matcher key = KEY.matcher(text);
            while (key.find()) {
                if (!page.contains("| `" + key.group(1) + "` |")) {
                    missing.add(schema + ": " + key.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static String text() {
        return """
                # Reference of definition files

                Every key of every file below `jobs/`, written from the schemas that `./concord schema` prints and that editors complete with.
                What works already and what is only read: [mappings](mappings.md#which-keys-are-there). What it is good for:
                [mappings](mappings.md), [situations](situations.md), [correlation](correlation.md), [scripts](scripts.md),
                [filters](filters.md), [systems](systems.md).

                """
                + String.join(
                        "\n",
                        SchemaPage.of("mapping").text("Mappings"),
                        SchemaPage.of("system").text("Systems"),
                        SchemaPage.of("managed").text("Managed types"),
                        SchemaPage.of("key").text("Keys"),
                        SchemaPage.of("schedule").text("Schedules"),
                        SchemaPage.of("webhook").text("Webhooks"));
    }
}
