package dev.concord.access;

import java.util.Set;

/**
 * Somebody who may use the server.
 *
 * @param password hashed, with the name of the method in front: {@code {bcrypt}$2a$...}
 */
public record User(String name, String password, Set<Role> roles) {

    @Override
    public String toString() {
        return "User " + name + " " + roles;
    }
}
