package dev.concord.cli;

import dev.concord.access.Role;
import dev.concord.access.User;
import dev.concord.access.UserFile;
import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.record.Json;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Makes, changes, removes or lists users of the server, in users.yaml of home.",
        footer = {
            "",
            "The password is asked for; without a terminal it is the first line of the standard input.",
            "A server that runs sees the change with the next request."
        })
final class UserCommand implements Callable<Integer> {

    private static final int SHORTEST_PASSWORD = 12;

    private final Shell shell;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Who; without a name, all users are listed.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "What they may do, repeated for several: viewer, auditor, operator, approver, admin.")
    private List<Role> roles = List.of();

    @Option(names = "--remove", description = "Take the user out.")
    private boolean remove;

    @Mixin
    private JsonOption answer = new JsonOption();

    UserCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        UserFile users = new UserFile(shell.home().users());
        if (name.isEmpty()) {
            list(users.users().values());
        } else if (remove) {
            if (users.find(name).isEmpty()) {
                throw new Refused("There is no user " + name + ".");
            }
            note(Deed.to("users/" + name, AuditEvent.USER_DELETED));
            users.remove(name);
            shell.screen().result("User " + name + " is removed.");
        } else {
            put(users);
        }
        return ExitCode.DONE;
    }

    private void list(Collection<User> users) {
        if (answer.json) {
            List<Object> json = new ArrayList<>();
            users.forEach(user -> json.add(Map.of(
                    "name",
                    user.name(),
                    "roles",
                    user.roles().stream().sorted().map(Role::key).toList())));
            shell.screen().result(Json.write(json));
        } else {
            users.forEach(user -> shell.screen().result(user.name() + "  " + keys(user.roles())));
        }
    }

    private void put(UserFile users) throws IOException {
        if (roles.isEmpty()) {
            throw new Refused("Say what " + name + " may do with --role: " + Role.keys() + ".");
        }
        String password = password();
        if (password.length() < SHORTEST_PASSWORD) {
            throw new Refused("A password of at least " + SHORTEST_PASSWORD + " characters is required.");
        }
        if (UserFile.isTooLong(password)) {
            throw new Refused("A password has at most " + UserFile.LONGEST_PASSWORD
                    + " bytes of UTF-8: what follows would not count.");
        }
        Set<Role> wanted = EnumSet.copyOf(roles);
        note(Deed.to("users/" + name, AuditEvent.USER_WRITTEN)
                .with("roles", wanted.stream().sorted().map(Role::key).toList()));
        users.put(name, password, wanted);
        shell.screen().result("User " + name + " may now: " + keys(wanted) + ".");
    }

    private void note(Deed deed) {
        shell.platform().get(AuditTrail.class).addBefore(Actor.ofCommand(), deed);
    }

    private static String keys(Set<Role> roles) {
        return String.join(", ", roles.stream().sorted().map(Role::key).toList());
    }

    private static String password() throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        String line = new BufferedReader(new InputStreamReader(System.in)).readLine();
        return line == null ? "" : line;
    }
}
