"""One fair, decided: which commands there are, what each may lead to, and how events fold.

    decide(fair, command, now)  -> events that follow, none if nothing changes, or a Rejection
    evolve(fair, event)         -> the fair after it

Both are pure. `decide` holds every rule; `evolve` has none, since what happened has happened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fairdesk.domain import admission, exhibitors, offers, queueing, registration, setup
from fairdesk.domain.fair import Fair
from fairdesk.domain.message import Command, Event
from fairdesk.domain.rejection import Rejection

Decide = Callable[[Fair, Any, int], tuple[Event, ...] | Rejection]
Evolve = Callable[[Fair, Any], Fair]

FAIR_COMMANDS: dict[type[Command], Decide] = {
    setup.SetUpFair: setup.decide_set_up_fair,
    setup.ChangePhase: setup.decide_change_phase,
    setup.SetOccupancyLimits: setup.decide_set_occupancy_limits,
    setup.PublishConsentText: setup.decide_publish_consent_text,
    setup.AddGate: setup.decide_add_gate,
    exhibitors.AddEnterprise: exhibitors.decide_add_enterprise,
    exhibitors.AddBooth: exhibitors.decide_add_booth,
    exhibitors.AddPosition: exhibitors.decide_add_position,
    exhibitors.WithdrawPosition: exhibitors.decide_withdraw_position,
    exhibitors.CheckInBooth: exhibitors.decide_check_in_booth,
    registration.Register: registration.decide_register,
    registration.GiveConsent: registration.decide_give_consent,
    registration.WithdrawConsent: registration.decide_withdraw_consent,
    registration.ReissueBadge: registration.decide_reissue_badge,
    registration.RevokeBadge: registration.decide_revoke_badge,
    admission.CheckIn: admission.decide_check_in,
    admission.CheckOut: admission.decide_check_out,
    registration.MergeAttendees: registration.decide_merge_attendees,
    registration.UndoMerge: registration.decide_undo_merge,
    registration.EraseAttendee: registration.decide_erase_attendee,
    queueing.SignUpAtBooth: queueing.decide_sign_up_at_booth,
    queueing.WithdrawSignUp: queueing.decide_withdraw_sign_up,
    queueing.RejoinQueue: queueing.decide_rejoin_queue,
    queueing.CallNext: queueing.decide_call_next,
    queueing.Recall: queueing.decide_recall,
    queueing.Hold: queueing.decide_hold,
    queueing.MarkNoShow: queueing.decide_mark_no_show,
    queueing.StartInterview: queueing.decide_start_interview,
    queueing.EndInterview: queueing.decide_end_interview,
    offers.RecordIntention: offers.decide_record_intention,
    offers.ConfirmIntention: offers.decide_confirm_intention,
    offers.MakeOffer: offers.decide_make_offer,
    offers.AcceptOffer: offers.decide_accept_offer,
    offers.DeclineOffer: offers.decide_decline_offer,
    offers.WithdrawOffer: offers.decide_withdraw_offer,
    offers.ExpireOffers: offers.decide_expire_offers,
    offers.RecordStart: offers.decide_record_start,
}

FAIR_EVENTS: dict[type[Event], Evolve] = {
    setup.FairSetUp: setup.evolve_fair_set_up,
    setup.PhaseChanged: setup.evolve_phase_changed,
    setup.OccupancyLimitsSet: setup.evolve_occupancy_limits_set,
    setup.ConsentTextPublished: setup.evolve_consent_text_published,
    setup.GateAdded: setup.evolve_gate_added,
    exhibitors.EnterpriseAdded: exhibitors.evolve_enterprise_added,
    exhibitors.BoothAdded: exhibitors.evolve_booth_added,
    exhibitors.PositionAdded: exhibitors.evolve_position_added,
    exhibitors.PositionWithdrawn: exhibitors.evolve_position_withdrawn,
    exhibitors.BoothCheckedIn: exhibitors.evolve_booth_checked_in,
    registration.AttendeeRegistered: registration.evolve_attendee_registered,
    registration.BadgeIssued: registration.evolve_badge_issued,
    registration.BadgeRevoked: registration.evolve_badge_revoked,
    registration.ConsentRecorded: registration.evolve_consent_recorded,
    registration.ConsentWithdrawn: registration.evolve_consent_withdrawn,
    admission.CheckedIn: admission.evolve_checked_in,
    admission.CheckedOut: admission.evolve_checked_out,
    admission.ScanUnresolved: admission.evolve_scan_unresolved,
    registration.AttendeesMerged: registration.evolve_attendees_merged,
    registration.MergeUndone: registration.evolve_merge_undone,
    registration.AttendeeErased: registration.evolve_attendee_erased,
    queueing.SignedUp: queueing.evolve_signed_up,
    queueing.SignUpLeft: queueing.evolve_sign_up_left,
    queueing.Called: queueing.evolve_called,
    queueing.Recalled: queueing.evolve_recalled,
    queueing.SignUpHeld: queueing.evolve_sign_up_held,
    queueing.NoShowMarked: queueing.evolve_no_show_marked,
    queueing.QueueRejoined: queueing.evolve_queue_rejoined,
    queueing.InterviewStarted: queueing.evolve_interview_started,
    queueing.InterviewEnded: queueing.evolve_interview_ended,
    offers.IntentionRecorded: offers.evolve_intention_recorded,
    offers.IntentionConfirmed: offers.evolve_intention_confirmed,
    offers.OfferMade: offers.evolve_offer_made,
    offers.OfferAccepted: offers.evolve_offer_accepted,
    offers.OfferDeclined: offers.evolve_offer_declined,
    offers.OfferWithdrawn: offers.evolve_offer_withdrawn,
    offers.OfferExpired: offers.evolve_offer_expired,
    offers.StartRecorded: offers.evolve_start_recorded,
}


def decide(fair: Fair, command: Command, now: int) -> tuple[Event, ...] | Rejection:
    """What follows from `command` at `now` (ms)."""
    return FAIR_COMMANDS[type(command)](fair, command, now)


def evolve(fair: Fair, event: Event) -> Fair:
    return FAIR_EVENTS[type(event)](fair, event)
