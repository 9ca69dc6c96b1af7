namespace EduFunctions.Pipeline.Probing;

/// <summary>What stands in the rows, by count.</summary>
internal static class RowChecks
{
    public static IReadOnlyList<ProbeCheck> All { get; } =
    [
        new("rows.ids", ProbeGrade.Needed, "Every row has an id, a text of at most 64 characters.", $"{ProbeChecks.Standard}: id of every entity", "A row without an id belongs to nobody.",
            seen => seen.Facts.Ids.Judge("rows")),
        new("rows.uuids", ProbeGrade.Expected, "Ids are uuids.", $"{ProbeChecks.Standard}: id, format uuid", "Some targets take uuids only; other ids are translated for them.",
            seen => seen.Facts.Uuids.Judge("ids")),
        new("rows.required", ProbeGrade.Needed, "What the standard requires of a row is there.", $"{ProbeChecks.Standard}: required of each schema",
            "A row without its school, its person or its beginning is left out.", seen => seen.Facts.Required.Judge("required values")),
        new("rows.dates", ProbeGrade.Needed, "Dates can be understood: the day is written year, month, day.", $"{ProbeChecks.Standard}: format date",
            "Whoever has a date that nobody understands cannot be handed on.", seen => seen.Facts.Dates.Judge("dates")),
        new("rows.plainDates", ProbeGrade.Expected, "Dates are written YYYY-MM-DD, without time or zone.", $"{ProbeChecks.Standard}: format date (RFC 3339, full-date)",
            "With a time and a zone it is not clear which day is meant.", seen => seen.Facts.PlainDates.Judge("dates")),
        new("rows.meta", ProbeGrade.Expected, "Every row says when it was made and changed (meta.created, meta.modified).", $"{ProbeChecks.Standard}: Meta",
            "Changes of the day cannot be found without.", seen => seen.Facts.Meta.Judge("times of rows")),
        new("rows.zones", ProbeGrade.Expected, "Times are RFC 3339 with their zone.", $"{ProbeChecks.Standard}: format date-time",
            "An hour without a zone is two hours of the summer night.", seen => seen.Facts.Zones.Judge("times")),
        new("rows.values", ProbeGrade.Expected, "Values of enumerations are the standard's.", $"{ProbeChecks.Standard}: OrganisationTypeEnum, SchoolTypesEnum and others",
            "A value of the vendor's own matches no rule of the municipality.", seen => seen.Facts.Words.Judge("values")),
        new("rows.references", ProbeGrade.Expected, "References lead to rows that the same client can read, in a list or by look-up.", ProbeChecks.Standard,
            "Whoever is enrolled at a unit that nobody hands out belongs to no school.", References),
        new("marking.there", ProbeGrade.Needed, "Persons have a securityMarking at all.", $"{ProbeChecks.Standard}: Person.securityMarking",
            "Without it nobody can say who is protected, and nothing may be handed on.",
            seen => seen.Facts.Markings.All == 0 ? ProbeVerdict.Unseen("no person came")
                : ProbeVerdict.If(seen.Facts.Markings.Good > 0, $"{seen.Facts.Markings.Good} of {seen.Facts.Markings.All} persons")),
        new("marking.everywhere", ProbeGrade.Expected, "Every person has a securityMarking, also who is not protected (Ingen).", $"{ProbeChecks.Standard}: Person.securityMarking",
            "Of a person without it a client has to guess; a careful one leaves the person out.", seen => seen.Facts.Markings.Judge("persons")),
        new("marking.kinds", ProbeGrade.Needed, "A securityMarking is Ingen, Sekretessmarkering or Skyddad folkbokföring.", $"{ProbeChecks.Standard}: Person.securityMarking",
            "A kind that nobody knows has to be taken for protection.", seen => seen.Facts.MarkingKinds.Judge("markings")),
        new("marking.references", ProbeGrade.Nice, "References to persons carry the securityMarking too.", $"{ProbeChecks.Standard}: PersonReference.securityMarking",
            "Whoever is only referred to can be protected then as well.", seen => seen.Facts.MarkingsOnReferences.Judge("references to persons")),
    ];

    private static ProbeVerdict References(ProbedRegister seen)
    {
        var tally = new RowTally();
        foreach (var ((collection, path), (to, ids)) in seen.Facts.References)
        {
            // Where a list was not read to its end, nobody knows who is on the rest of it.
            if (seen.First(to) is not { IsWhole: true } target)
            {
                continue;
            }

            var there = target.Ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
            ids.ForEach(id => tally.Count(there.Contains(id) || (to == RowShape.Persons && seen.LookUp?.OnlyHere.Contains(id) == true), $"{collection}.{path}"));
        }

        return tally.Judge("references");
    }
}
