package dev.concord.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where identity providers of different makes write roles. */
class RolesClaimTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "roles|{\"roles\": [\"viewer\", \"operator\"]}|viewer operator",
                "roles|{\"roles\": \"admin\"}|admin",
                "roles|{\"roles\": \"viewer operator\"}|viewer operator",
                "roles|{\"roles\": \"viewer, operator,approver \"}|viewer operator approver",
                "realm_access.roles|{\"realm_access\": {\"roles\": [\"auditor\"]}}|auditor",
                "resource_access.con.cord.roles|{\"resource_access\": {\"con.cord\": {\"roles\": [\"auditor\"]}}}|auditor",
                "https://example.com/roles|{\"https://example.com/roles\": [\"admin\"]}|admin",
                "a.b|{\"a.b\": \"admin\", \"a\": {\"b\": \"viewer\"}}|admin",
                "realm_access.roles|{\"realm_access\": \"roles\"}|",
                "realm_access.roles|{\"roles\": [\"admin\"]}|",
                "roles|{\"roles\": null}|",
                "roles|{\"roles\": \"\"}|",
                "roles|{\"roles\": {\"admin\": true}}|",
                "roles|{\"roles\": [1, [\"admin\"], {\"admin\": true}, \"viewer\"]}|viewer"
            })
    void rolesAreFoundWhereTheClaimSays(String path, String claims, @Nullable String roles) {
        assertThat(new RolesClaim(path).in(Json.readObject(claims)))
                .isEqualTo(roles == null ? List.of() : List.of(roles.split(" ")));
    }
}
