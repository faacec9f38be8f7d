package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.access.User;
import dev.concord.access.UserFile;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.record.Json;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The users of the file, and who one is oneself. */
@RestController
@RequestMapping("/api")
final class UsersController {

    private static final int SHORTEST_PASSWORD = 12;

    private final UserFile users;
    private final AuditTrail trail;

    UsersController(UserFile users, AuditTrail trail) {
        this.users = users;
        this.trail = trail;
    }

    @GetMapping("/me")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> me() {
        Caller caller = Caller.current();
        return Map.of("name", caller.name(), "roles", keys(caller.roles()));
    }

    @GetMapping("/users")
    @Allowed(Role.ADMIN)
    List<Map<String, @Nullable Object>> users() {
        return users.users().values().stream().map(UsersController::json).toList();
    }

    @PutMapping("/users/{name}")
    @Allowed(Role.ADMIN)
    Map<String, @Nullable Object> put(@PathVariable String name, @RequestBody String body) {
        Map<String, @Nullable Object> user = read(body);
        if (!name.matches("[\\p{L}\\p{N}._@-]{1,64}")) {
            throw Refusal.badRequest("A name has up to 64 letters, digits, and . _ @ -");
        }
        if (!(user.get("password") instanceof String password) || password.length() < SHORTEST_PASSWORD) {
            throw Refusal.badRequest("A password of at least " + SHORTEST_PASSWORD + " characters is required.");
        }
        if (UserFile.isTooLong(password)) {
            throw Refusal.badRequest("A password has at most " + UserFile.LONGEST_PASSWORD
                    + " bytes of UTF-8: what follows would not count.");
        }
        Set<Role> roles = roles(user.get("roles"));
        if (name.equals(Caller.current().name()) && !roles.contains(Role.ADMIN)) {
            throw Refusal.conflict("Nobody takes the role admin from themselves; another admin has to.");
        }
        trail.addBefore(
                Caller.actor(),
                Deed.to("users/" + name, AuditEvent.USER_WRITTEN).with("roles", keys(roles)));
        users.put(name, password, roles);
        return json(users.find(name).orElseThrow());
    }

    @DeleteMapping("/users/{name}")
    @Allowed(Role.ADMIN)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        if (name.equals(Caller.current().name())) {
            throw Refusal.conflict("Nobody takes themselves out.");
        }
        if (users.find(name).isEmpty()) {
            throw Refusal.notFound("There is no user " + name + ".");
        }
        trail.addBefore(Caller.actor(), Deed.to("users/" + name, AuditEvent.USER_DELETED));
        users.remove(name);
    }

    private static Map<String, @Nullable Object> read(String body) {
        try {
            return Json.readObject(body);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Set<Role> roles(@Nullable Object keys) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (keys instanceof Collection<?> listed) {
            for (Role role : Role.values()) {
                if (listed.contains(role.key())) {
                    roles.add(role);
                }
            }
            if (roles.size() == listed.size() && !roles.isEmpty()) {
                return roles;
            }
        }
        throw Refusal.badRequest("`roles` is a list of: " + Role.keys() + ".");
    }

    private static Map<String, @Nullable Object> json(User user) {
        return Map.of("name", user.name(), "roles", keys(user.roles()));
    }

    private static List<String> keys(Set<Role> roles) {
        return roles.stream().sorted().map(Role::key).toList();
    }
}
