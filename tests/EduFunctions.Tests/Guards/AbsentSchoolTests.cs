using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A school that could not be pulled is missing whole; nobody can tell who has left it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class AbsentSchoolTests
{
    private static readonly GuardSettings NoLimits = new()
    {
        MinRemoved = 1000,
        MinChanged = 1000,
        MinRekeyed = 1000,
        MaxRemovedPercent = 100,
        MaxAddedPercent = 10000,
        MaxColumnPercent = 100,
        MaxRekeyedPercent = 100,
        MinHalved = 0,
    };

    [Property(MaxTest = 500)]
    public void Nobody_of_it_goes_however_few_they_are(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);
        var difference = RosterDifference.Between(before.Build(), before.Selection(), now.Build(), now.Selection());
        string[] schools = [.. before.Units.Select(unit => RosterSketch.Id('u', unit).ToString())];

        var verdict = Guard.Judge(difference, NoLimits, Absences.None, "run", isReleased: false, schools);

        var isProtected = now.Protected.Select(id => RosterSketch.Id('p', id)).ToHashSet();
        for (var rank = 0; rank < difference.Persons.Count; rank++)
        {
            var row = difference.PersonRows[rank];
            if (row is { Change: Change.Removed, Kind: RowKind.Students or RowKind.Staff } && IsIn(difference, row, schools))
            {
                Assert.Equal(isProtected.Contains(difference.PersonId(rank)) ? Fate.AsNow : Fate.AsBefore, verdict.Persons[rank]);
            }
        }

        for (var rank = 0; rank < difference.Sections.Count; rank++)
        {
            var row = difference.SectionRows[rank];
            Assert.True(row.Change != Change.Removed || !IsIn(difference, row, schools) || verdict.Sections[rank] == Fate.AsBefore);
        }

        Assert.All(verdict.Holds, hold => Assert.Equal(HoldCode.SchoolAbsent, hold.Code));
        Assert.Empty(Guard.Judge(difference, NoLimits, Absences.None, "run", isReleased: false).Holds);
        Assert.True(Guard.Judge(difference, NoLimits, Absences.None, "run", isReleased: true, schools).KeepsNothing);
    }

    private static bool IsIn(RosterDifference difference, RankedRow row, string[] schools) =>
        row.School >= 0 && difference.UnitId(row.School) is { IsNone: false } id && schools.Contains(id.ToString());
}
