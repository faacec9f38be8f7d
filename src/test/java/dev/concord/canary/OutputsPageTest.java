package dev.concord.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation says what the canaries are tried against. */
class OutputsPageTest {

    private static final Path PAGE = Path.of("docs", "secrets.md");
    private static final String BEGIN = "<!-- outputs -->\n";
    private static final String END = "<!-- end of outputs -->";

    @Test
    void theTableOfTheDocumentationIsWhatIsTried() throws IOException {
        String table =
                "| where | values of records | values in typed filters | sensitive values | what hashing and encrypting"
                        + " make of values | secrets |\n|---|---|---|---|---|---|\n"
                        + Arrays.stream(Output.values()).map(Output::line).collect(Collectors.joining("\n", "", "\n"));
        String text = Files.readString(PAGE);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String found = text.substring(begin, text.indexOf(END));
        if (!found.equals(table)) {
            Files.writeString(PAGE, text.substring(0, begin) + table + text.substring(text.indexOf(END)));
        }
        assertThat(found)
                .as("%s is written anew; look at it and commit it", PAGE)
                .isEqualTo(table);
    }
}
