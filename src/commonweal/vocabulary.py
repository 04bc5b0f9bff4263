"""Every kind of fact that Commonweal keeps, room by room."""

from commonweal.areas import facts as areas
from commonweal.assurance import assessing, evidence, overseeing, recovery, risks
from commonweal.authority import facts as authority
from commonweal.bodies import facts as bodies
from commonweal.demand import facts as demand
from commonweal.meetings import call_ins, decided, minuted, said
from commonweal.meetings import facts as meetings
from commonweal.money import allocations, better_care, budgets, funds
from commonweal.money.choosing import facts as choosing
from commonweal.outcomes import indicators, scorecards
from commonweal.plans import answering, asking, items, maturity, milestones, programmes
from commonweal.plans import facts as plans
from commonweal.record import documents, naming
from commonweal.record.kinds import Vocabulary
from commonweal.scrutiny import evaluating, healthwatch, reconfigurations, reports, reviews

VOCABULARY = Vocabulary(
    {
        "record": (
            documents.Document,
            documents.Damage,
            documents.Dispute,
            documents.Figure,
            documents.Event,
            documents.Pack,
            naming.Code,
            naming.Succession,
        ),
        "areas": (
            areas.Area,
            areas.Containment,
            areas.Neighbours,
            areas.Population,
            areas.Band,
            areas.Comparators,
            areas.BoundaryFile,
        ),
        "bodies": (
            bodies.Body,
            bodies.Relation,
            bodies.Post,
            bodies.Seat,
            bodies.Appointment,
            bodies.Vacancy,
            bodies.Interest,
            bodies.Coverage,
            bodies.Transfer,
            bodies.Order,
            bodies.Constitution,
            bodies.Publication,
            bodies.QuorumRule,
        ),
        "authority": (
            authority.Function,
            authority.Basis,
            authority.Power,
            authority.Instrument,
            authority.Delegation,
            authority.Reservation,
            authority.AllocationRule,
            authority.Readiness,
        ),
        "meetings": (
            meetings.Meeting,
            meetings.AgendaItem,
            meetings.Paper,
            meetings.Attendance,
            meetings.Conflict,
            decided.Decision,
            decided.Proposal,
            decided.Endorsement,
            decided.Action,
            call_ins.CallInRule,
            call_ins.CallIn,
            said.Question,
            said.Comment,
            said.Promise,
            minuted.Minutes,
        ),
        "money": (
            funds.Fund,
            funds.Agreement,
            funds.Scheme,
            funds.Contribution,
            budgets.Budget,
            budgets.Reserve,
            budgets.Assumption,
            budgets.Outlook,
            allocations.Allocation,
            allocations.ControlTotal,
            allocations.Offset,
            allocations.CapitalPlan,
            better_care.BetterCarePlan,
            choosing.ProviderSelection,
        ),
        "outcomes": (
            indicators.Indicator,
            indicators.IndicatorReport,
            scorecards.Scorecard,
        ),
        "demand": (
            demand.Scenario,
            demand.ScenarioAssumption,
            demand.ScenarioResult,
        ),
        "plans": (
            plans.Plan,
            items.PlanItem,
            items.Regard,
            asking.Consultation,
            asking.Engagement,
            answering.StandingAnswer,
            programmes.Programme,
            milestones.Milestone,
            maturity.MaturityMatrix,
            maturity.MaturityStatement,
            maturity.MaturityAssessment,
        ),
        "scrutiny": (
            reviews.Review,
            reviews.ProgrammeItem,
            reviews.ScrutinyRequest,
            reports.ScrutinyReport,
            reports.Recommendation,
            healthwatch.HealthwatchReport,
            healthwatch.HealthwatchReferral,
            healthwatch.HealthwatchArrangement,
            reconfigurations.Reconfiguration,
            reconfigurations.JointScrutiny,
            evaluating.ScrutinyProtocol,
            evaluating.SelfEvaluation,
        ),
        "assurance": (
            risks.Risk,
            risks.Issue,
            recovery.RecoveryPlan,
            overseeing.Oversight,
            overseeing.OversightSegment,
            overseeing.PeerChallenge,
            assessing.SystemAssessment,
            evidence.Evidence,
        ),
    }
)
