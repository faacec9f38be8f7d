package dev.concord.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOST", "db.example", "PASSWORD", "hunter2", "ODD", "$1\\");

    @TempDir
    private Path folder;

    @Test
    void referencesAreResolvedWhereverTheyStand() throws IOException {
        Path file = Files.writeString(folder.resolve("name"), "crm\r\nsecond line\n");

        assertThat(secret("jdbc:mysql://${env:HOST}/${file:" + file + "}").resolve())
                .isEqualTo("jdbc:mysql://db.example/crm");
    }

    @Test
    void textWithoutReferencesIsItself() {
        assertThat(secret("plain $ {env:HOST}").resolve()).isEqualTo("plain $ {env:HOST}");
    }

    @Test
    void aValueThatLooksLikeAReplacementIsTakenAsItIs() {
        assertThat(secret("${env:ODD}").resolve()).isEqualTo("$1\\");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> secret("${env:PASSWORD}${env:MISSING}").resolve())
                .withMessage("The environment variable MISSING is not set; ${env:MISSING} needs it.");
    }

    @Test
    void aFileThatIsMissingEmptyOrNoTextIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\nsecond line");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        for (Path file : new Path[] {folder.resolve("missing"), binary}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> secret("${file:" + file + "}").resolve())
                    .withMessage("The file " + file + " cannot be read; ${file:" + file + "} needs it.")
                    .withNoCause();
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> secret("${file:" + empty + "}").resolve())
                .withMessage("The first line of the file " + empty + " is empty; ${file:" + empty
                        + "} needs a value there.");
    }

    @Test
    void onlyReferencesAreShown() {
        assertThat(secret("${env:PASSWORD}")).hasToString("${env:PASSWORD}");
        assertThat(secret("hunter2")).hasToString("***");
        assertThat(secret("${env:PASSWORD}").isReference()).isTrue();
        assertThat(secret("hunter2").isReference()).isFalse();
    }

    @Test
    void secretsThatAreWrittenAlikeAreEqual() {
        assertThat(secret("${env:A}")).isEqualTo(Secret.of("${env:A}")).hasSameHashCodeAs(Secret.of("${env:A}"));
        assertThat(secret("${env:A}")).isNotEqualTo(secret("${env:B}"));
    }

    @Test
    void theEnvironmentOfTheProcessIsUsed() {
        String path = System.getenv("PATH");

        assertThat(Secret.of("${env:PATH}").resolve()).isEqualTo(path);
    }

    private static Secret secret(String template) {
        return Secret.of(template, ENVIRONMENT::get);
    }
}
