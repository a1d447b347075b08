"""Addresses of a place's administrators, under /guichet/lieux/."""

from django.urls import path

from accessform.desk.views.places import agents, days, facts, openings, pages

urlpatterns = [
    path("", pages.places, name="places"),
    path("<int:place_id>/", pages.place, name="place"),
    path("<int:place_id>/a-prevenir", pages.to_tell, name="place_to_tell"),
    path("<int:place_id>/fiche", facts.edit_facts, name="place_facts"),
    path("<int:place_id>/aides/<slug:feature>", facts.edit_feature, name="place_feature"),
    path("<int:place_id>/guichets/ajouter", agents.add_agent, name="place_agent_add"),
    path("<int:place_id>/guichets/<int:agent_id>/", agents.edit_agent, name="place_agent"),
    path("<int:place_id>/guichets/<int:agent_id>/recevoir", agents.set_active, name="place_agent_active"),
    path("<int:place_id>/motifs", agents.motifs, name="place_motifs"),
    path("<int:place_id>/plages/", openings.openings, name="place_openings"),
    path("<int:place_id>/plages/ajouter", openings.add_openings, name="place_openings_add"),
    path("<int:place_id>/plages/<int:opening_id>/", openings.opening, name="place_opening"),
    path("<int:place_id>/plages/<int:opening_id>/retirer", openings.remove_opening, name="place_opening_remove"),
    path("<int:place_id>/absences/ajouter", days.add_absences, name="place_absences_add"),
    path("<int:place_id>/absences/<int:absence_id>/retirer", days.remove_absence, name="place_absence_remove"),
    path("<int:place_id>/fermetures/ajouter", days.add_closure, name="place_closure_add"),
    path("<int:place_id>/fermetures/<int:closure_id>/retirer", days.remove_closure, name="place_closure_remove"),
]
