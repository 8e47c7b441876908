package io.tollgate.gateway.admin;

import io.tollgate.gateway.backbone.Backbone;
import io.tollgate.gateway.http.Answer;

/** What one admin route does. May block. */
@FunctionalInterface
public interface AdminCall {
    Answer answer(AdminRequest request, Backbone backbone);
}
