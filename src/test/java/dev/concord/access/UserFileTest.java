package dev.concord.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserFileTest {

    @TempDir
    Path home;

    private Path file;
    private UserFile users;

    @BeforeEach
    void name() {
        file = home.resolve("users.yaml");
        users = new UserFile(file);
    }

    @Test
    void whoIsWrittenIsFoundAgainHashed() {
        users.put("anna", "correct horse battery", Set.of(Role.OPERATOR, Role.AUDITOR));
        User anna = new UserFile(file).find("anna").orElseThrow();
        assertThat(anna.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.AUDITOR);
        assertThat(anna.password()).startsWith("{bcrypt}");
        assertThat(anna.toString()).doesNotContain("bcrypt");
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        users.put("anna", "correct horse battery", Set.of(Role.VIEWER));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(home.toFile().list()).containsExactly("users.yaml");
    }

    @Test
    void whoIsTakenOutIsGoneAndOthersStay() {
        users.put("anna", "correct horse battery", Set.of(Role.VIEWER));
        users.put("bert", "correct horse battery", Set.of(Role.ADMIN));
        assertThat(users.remove("anna")).isTrue();
        assertThat(users.remove("anna")).isFalse();
        assertThat(users.users()).containsOnlyKeys("bert");
    }

    @Test
    void withoutAFileThereIsNobody() {
        assertThat(users.users()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users: {anna: {password: secret, roles: [viewer]}}|is not hashed",
                "users: {anna: {password: '{noop}x', roles: [boss]}}|has the role boss; there are: viewer,",
                "users: {anna: {password: '{noop}x'}}|wants roles: viewer,",
                "users: {anna: {roles: [viewer]}}|wants a password and roles",
                "people: {}|wants `users:`",
                "users: [|is not YAML"
            })
    void whatIsWrongIsSaidWithoutThePassword(String text, String complaint) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(users::users)
                .isInstanceOf(UnusableUsers.class)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFileThatBreaksWhileItIsUsedLeavesTheUsersAsTheyWere() throws IOException {
        users.put("anna", "correct horse battery", Set.of(Role.VIEWER));
        assertThat(users.users()).containsOnlyKeys("anna");
        Files.writeString(file, "users: [");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(users.users()).containsOnlyKeys("anna");
    }
}
