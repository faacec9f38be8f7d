/**
 * Who there is and what they may do: roles, and the users of small installations in a file. How somebody proves who
 * they are over HTTP is the business of the doors.
 */
@NullMarked
package dev.concord.access;

import org.jspecify.annotations.NullMarked;
