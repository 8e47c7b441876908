/**
 * The admin API: configuration is read from memory and changed through the one writer. Each call is a function from a
 * request to an answer; {@link io.tollgate.gateway.admin.AdminDoor} checks the token and finds a thread that may block.
 */
@NullMarked
package io.tollgate.gateway.admin;

import org.jspecify.annotations.NullMarked;
