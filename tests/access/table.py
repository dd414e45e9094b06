"""Who may do what: one line for every address of the site.

An address that is not here fails the build, and so does a line without an address. Nothing here
is read from the code: the table says what is meant, and the code is held against it.

The columns are what a visitor gets, first for GET, then for POST with a form that is filled in
right (see fillers.py). `author` is a member who wrote the row in question, or has it. Everybody
else follows from these five, see `STANDS_FOR`.

    200  the page, or the piece that was asked for
    302  the action was done; or, for somebody who is not signed in, the way to the sign-in page
    401  not signed in: the text of the form is handed back
    403  a member without the key
    404  there is nothing here, as for what does not exist
    405  no such action at this address
    409  an action that the group does not allow as it is: its last organizer leaves
    422  a form that was not filled in right
    410  a link that leads nowhere any more

The row is what `pk` in the address is the id of, see fillers.ROWS. The marks say what changes with
the state of the group; how, is written in expectations.py, once for all lines:

    l  learnt of: anyone signed in may GET it in a listed or a public group
    a  asked: ... and POST it
    r  read: anybody may GET it in a public group
    t  threads: anyone may GET it in a public group that opens its threads
    f  frozen: is done even in a group that is archived, or about to be deleted

A line that is set in says what a rule would get wrong, for one method and some visitors:

    [in STATE,STATE] METHOD STATUS for VISITOR,VISITOR

An address with a `*` matches all that are like it and have no line of their own, a longer one
before a shorter. A cell may name several answers, as in 302/404.
"""

TABLE = """
#                                               GET: str out mem aut org   POST: the same

home                              -            -       302 200 200 200 200      401 405 405 405 405
robots                            -            -       200 200 200 200 200      405 405 405 405 405
security_txt                      -            -       404 404 404 404 404      405 405 405 405 405
papers:group_create               -            -       302 200 200 200 200      401 302 302 302 302
papers:html_convert               -            -       302 405 405 405 405      401 200 200 200 200

groups:email_retry                -            -       302 405 405 405 405      401 302 302 302 302
groups:email_create               -            -       405 405 405 405 405      404 404 404 404 404

groups:group_list                 -            -       302 200 200 200 200      401 405 405 405 405

papers:catch_up                   -            -       302 200 200 200 200      401 405 405 405 405
papers:catch_up_seen              -            -       302 405 405 405 405      401 302 302 302 302
papers:catch_up_keep              -            -       302 405 405 405 405      401 302 302 302 302
papers:catch_up_all               -            -       302 302 302 302 302      401 302 302 302 302

papers:notification_list          -            -       302 200 200 200 200      401 405 405 405 405
papers:notifications_done         -            -       302 405 405 405 405      401 302 302 302 302
papers:notification_done          notification -       302 405 405 405 405      401 404 404 302 404
papers:notification_later         notification -       302 405 405 405 405      401 404 404 302 404
papers:notification_settings      -            -       302 200 200 200 200      401 302 302 302 302
papers:unsubscribe                -            -       200 200 200 200 200      200 200 200 200 200

papers:group_feed                 -            -       404 404 404 404 404      405 405 405 405 405
papers:paper_feed                 paper        -       404 404 404 404 404      405 405 405 405 405
papers:thread_feed                thread       -       404 404 404 404 404      405 405 405 405 405

groups:person_update              -            -       302 200 200 200 200      401 302 302 302 302
papers:data_detail                -            -       302 200 200 200 200      401 405 405 405 405
papers:data_export                -            -       302 200 200 200 200      401 405 405 405 405
groups:account_delete             -            -       302 200 200 200 200      401 302 422 422 422
    POST 422 for foreign,former,invited,asked,staff
groups:account_deleted            -            -       200 302 302 302 302      405 405 405 405 405
session_delete                    session      -       302 405 405 405 405      401 404 404 302 404

papers:list_detail                -            rf      302 404 200 200 200      405 405 405 405 405
papers:list_export                -            f       302 404 200 200 200      401 405 405 405 405
papers:list_download              -            f       302 404 200 200 200      401 405 405 405 405
papers:schedule_detail            -            rf      302 404 200 200 200      405 405 405 405 405
papers:group_export               -            f       302 404 200 200 200      401 405 405 405 405
papers:group_delete               -            f       302 404 403 403 200      401 404 403 403 302
    in leaving GET 302 for organizer
papers:group_keep                 -            f       302 405 405 405 405      401 404 403 403 302
papers:feed_detail                -            f       302 404 200 200 200      401 405 405 405 405
papers:feed_renew                 -            f       302 405 405 405 405      401 404 302 302 302
papers:topic_create               -            -       302 404 200 200 200      401 404 302 302 302
papers:topic_update               topic        -       302 404 200 200 200      401 404 302 302 302
papers:topic_delete               topic        -       302 404 403 403 200      401 404 403 403 302
papers:paper_create               -            -       302 404 200 200 200      401 404 302 302 302
papers:paper_paste                -            -       302 404 200 200 200      401 404 302 302 302
papers:bookmarklet                -            -       302 404 200 200 200      401 405 405 405 405
papers:paper_detail               paper        rf      302 404 200 200 200      405 405 405 405 405
papers:paper_export               paper        f       302 404 200 200 200      401 405 405 405 405
papers:paper_update               paper        -       302 404 200 200 200      401 404 302 302 302
papers:paper_delete               paper        -       302 404 403 403 200      401 404 403 403 302
papers:lookup_list                -            -       302 404 200 200 200      401 404 302 302 302
papers:lookup_detail              paper        -       302 404 200 200 200      401 405 405 405 405
papers:lookup_create              paper        -       302 405 405 405 405      401 404 302 302 302
papers:lookup_update              paper        -       302 405 405 405 405      401 404 302 302 302
papers:status_update              paper        -       302 404 200 200 200      401 404 302 302 302
papers:assignment_create          paper        -       302 404 403 403 200      401 404 403 403 302
papers:thread_create              paper        -       302 404 200 200 200      401 404 302 302 302
papers:group_follow               -            f       302 405 405 405 405      401 404 302 302 302
papers:topic_follow               topic        f       302 405 405 405 405      401 404 302 302 302
papers:paper_follow               paper        f       302 405 405 405 405      401 404 302 302 302
papers:thread_follow              thread       f       302 405 405 405 405      401 404 302 302 302
papers:placement_update           placement    -       302 404 200 200 200      401 404 302 302 302
papers:assignment_take            slot         -       302 405 405 405 405      401 404 302 302 302
papers:assignment_give_back       assignment   -       302 405 405 405 405      401 404 403 302 403
papers:assignment_finish          assignment   -       302 405 405 405 405      401 404 403 302 403
papers:assignment_update          assignment   -       302 404 403 403 200      401 404 403 403 302
papers:assignment_delete          assignment   -       302 404 403 403 200      401 404 403 403 302
papers:thread_list                -            tf      302 404 200 200 200      405 405 405 405 405
papers:group_thread_create        -            -       302 404 200 200 200      401 404 302 302 302
papers:thread_detail              thread       tf      302 404 200 200 200      405 405 405 405 405
papers:thread_update              thread       -       302 404 403 200 403      401 404 403 302 403
papers:thread_delete              thread       -       302 404 403 200 200      401 404 403 302 302
papers:draft_save                 -            -       302 405 405 405 405      401 404 302 302 302
papers:draft_delete               -            -       302 405 405 405 405      401 404 302 302 302
papers:thread_answer              thread       -       302 405 405 405 405      401 404 403 302 302
papers:thread_pin                 thread       -       302 405 405 405 405      401 404 403 403 302
papers:thread_close               thread       -       302 405 405 405 405      401 404 403 302 302
papers:thread_move                thread       -       302 404 403 200 200      401 404 403 302 302
papers:reaction_list              comment      f       302 404 200 200 200      401 405 405 405 405
papers:reaction_update            comment      -       302 405 405 405 405      401 404 302 302 302
papers:comment_split              second       -       302 404 403 200 200      401 404 403 302 302
papers:comment_create             thread       -       302 404 200 200 200      401 404 302 302 302
papers:comment_preview            -            -       302 405 405 405 405      401 404 200 200 200
papers:comment_update             comment      -       302 404 403 200 403      401 404 403 302 403
papers:comment_versions           comment      f       302 404 200 200 200      401 405 405 405 405
papers:comment_delete             comment      -       302 404 403 200 200      401 404 403 302 302
papers:duplicate_list             -            -       302 404 200 200 200      401 405 405 405 405
papers:duplicate_detail           paper        -       302 404 200 200 200      401 405 405 405 405
papers:not_duplicate_create      paper        -       302 405 405 405 405      401 404 302 302 302
papers:merge_create               paper        -       302 405 405 405 405      401 404 403 403 302
papers:merge_undo                 merge        -       302 405 405 405 405      401 404 403 403 302
papers:import_create              -            -       302 404 403 403 200      401 404 403 403 302
papers:import_list                -            f       302 404 403 403 200      401 405 405 405 405
papers:import_detail              list_import  -       302 404 403 403 200      401 404 403 403 302
papers:import_choose              list_import  -       302 405 405 405 405      401 404 403 403 302
papers:import_correct             list_import  -       302 405 405 405 405      401 404 403 403 302
papers:import_read_again          list_import  -       302 405 405 405 405      401 404 403 403 302
papers:import_undo                written      -       302 404 403 403 200      401 404 403 403 302

groups:group_update               -            -       302 404 403 403 200      401 404 403 403 302
groups:group_archive              -            f       302 404 403 403 200      401 404 403 403 302
groups:group_reopen               -            f       302 405 405 405 405      401 404 403 403 302
groups:event_list                 -            f       302 404 403 403 200      401 405 405 405 405
groups:event_export               -            f       302 404 403 403 200      401 405 405 405 405
groups:membership_list            -            f       302 404 200 200 200      401 405 405 405 405
papers:mentionable_paper_list     -            f       302 404 200 200 200      401 405 405 405 405
groups:mentionable_list           -            f       302 404 200 200 200      401 405 405 405 405
groups:membership_show            -            f       302 405 405 405 405      401 404 302 302 302
groups:membership_leave           -            f       302 404 200 200 200      401 404 302 302 409
groups:membership_update          membership   -       302 405 405 405 405      401 404 403 403 302
groups:membership_delete          membership   -       302 404 403 403 200      401 404 403 403 302
groups:invitation_list            -            f       302 404 403 403 200      401 405 405 405 405
groups:invitation_send            -            -       302 404 403 403 200      401 404 403 403 302
groups:invitation_create          -            -       302 404 403 403 200      401 404 403 403 302
groups:invitation_detail          invitation   -       302 404 403 403 410      401 405 405 405 405
groups:invitation_revoke          invitation   f       302 405 405 405 405      401 404 403 403 302
groups:join_request_create        -            laf     302 404 302 302 302      401 404 302 302 302
groups:join_request_update        join_request -       302 404 403 403 200      401 404 403 403 302
groups:join_request_delete        -            f       302 405 405 405 405      401 404 404 404 404
    POST 302 for asked
groups:membership_create          -            -       200 200 302 302 302      302 302 302 302 302
    in archived,leaving,closed GET 410 for stranger,outsider
    in archived,leaving,closed POST 410 for stranger,outsider
groups:invitation_accept          invitation -       302 404 404 404 404      401 404 404 404 404

account_login                     -            -       200 302 302 302 302      302 302 302 302 302
account_signup                    -            -       200 302 302 302 302      302 302 302 302 302
account_logout                    -            -       302 200 200 200 200      302 302 302 302 302
account_inactive                  -            -       200 200 200 200 200      405 405 405 405 405
account_reauthenticate            -            -       302 200 200 200 200      401 302 302 302 302
account_email                     -            -       302 200 200 200 200      401 302 302 302 302
account_email_verification_sent   -            -       200 200 200 200 200      405 405 405 405 405
account_confirm_email             -            -       200 200 200 200 200      404 404 404 404 404
account_change_password           -            -       302 200 200 200 200      401 302 302 302 302
account_set_password              -            -       302 302 302 302 302      401 302 302 302 302
account_reset_password            -            -       200 200 200 200 200      302 302 302 302 302
account_reset_password_done       -            -       200 200 200 200 200      405 405 405 405 405
account_reset_password_from_key   -            -       200 200 200 200 200      200 200 200 200 200
account_reset_password_from_key_done  -        -       200 200 200 200 200      405 405 405 405 405
account_confirm_login_code        -            -       302 302 302 302 302      302 302 302 302 302
account_request_login_code        -            -       200 302 302 302 302      302 302 302 302 302

mfa_index                         -            -       302 200 200 200 200      401 405 405 405 405
mfa_authenticate                  -            -       302 302 302 302 302      302 302 302 302 302
mfa_reauthenticate                -            -       302 302 302 302 302      401 302 302 302 302
mfa_activate_totp                 -            -       302 200 200 200 200      401 200 200 200 200
mfa_deactivate_totp               -            -       302 404 404 404 404      401 404 404 404 404
mfa_view_recovery_codes           -            -       302 404 404 404 404      401 405 405 405 405
mfa_generate_recovery_codes       -            -       302 200 200 200 200      401 200 200 200 200
mfa_download_recovery_codes       -            -       302 404 404 404 404      401 404 404 404 404
mfa_list_webauthn                 -            -       302 200 200 200 200      401 405 405 405 405
mfa_add_webauthn                  -            -       302 200 200 200 200      401 200 200 200 200
mfa_reauthenticate_webauthn       -            -       302 302 302 302 302      401 302 302 302 302
mfa_remove_webauthn               nothing      -       302 404 404 404 404      401 404 404 404 404
mfa_edit_webauthn                 nothing      -       302 404 404 404 404      401 404 404 404 404
mfa_login_webauthn                -            -       302 302 302 302 302      302 302 302 302 302
usersessions_list                 -            -       302 200 200 200 200      401 302 302 302 302

admin:*                           -            -       302 404 404 404 404      401 404 404 404 404
    GET 200 for staff
    POST 200 for staff
admin:*_add                       -            -       302 404 404 404 404      401 404 404 404 404
    GET 403 for staff
    POST 403 for staff
admin:*_delete                    -            -       302 404 404 404 404      401 404 404 404 404
    GET 403 for staff
    POST 403 for staff
admin:*_change                    -            -       302 404 404 404 404      401 404 404 404 404
    GET 200/302 for staff
    POST 403 for staff
admin:*_history                   -            -       302 404 404 404 404      401 404 404 404 404
    GET 200/302 for staff
    POST 200/302 for staff
admin:groups_policy_add           -            -       302 404 404 404 404      401 404 404 404 404
    GET 200 for staff
    POST 302 for staff
admin:groups_policy_change        -            -       302 404 404 404 404      401 404 404 404 404
    GET 200/302 for staff
    POST 200/302 for staff
admin:jsi18n                      -            -       302 404 404 404 404      401 404 404 404 404
    GET 200 for staff
    POST 405 for staff
admin:None                        -            -       302 404 404 404 404      401 404 404 404 404
    GET 404 for staff
    POST 404 for staff
"""

# Where people who are not in the group see or do a little: the holder of an invitation, and of an
# email that can be stopped.
WITH_A_LINK = {"groups:membership_create", "papers:unsubscribe"}
# Where those who operate the site see everything.
OPERATORS_SEE_ALL = ("admin:",)
