using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>
/// A student's school year: that of the passing enrolment that began last and has one; of two that began the same day the one at the lower
/// unit id, then the higher year.
/// </summary>
internal sealed class SchoolYears(Roster roster)
{
    private readonly (Day Start, int Unit)[] _from = new (Day, int)[roster.Persons.Count];

    public void Offer(int person, int unit, Day start, sbyte year)
    {
        if (year < 0)
        {
            return;
        }

        ref var current = ref roster.Persons[person].SchoolYear;
        ref var from = ref _from[person];
        var isBetter = current < 0
            || start > from.Start
            || (start == from.Start && (unit < from.Unit || (unit == from.Unit && year > current)));
        if (isBetter)
        {
            (current, from) = (year, (start, unit));
        }
    }
}
