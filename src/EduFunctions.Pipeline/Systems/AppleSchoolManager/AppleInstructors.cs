using System.Collections;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The teachers of the classes: those in staff.csv, in the order of their ids, fifteen at most.</summary>
internal sealed class AppleInstructors
{
    private readonly Roster _roster;
    private readonly BitArray _sections;
    private readonly Grouping _ofSection;
    private readonly int _columns = AppleLimits.FewestInstructors;

    public AppleInstructors(Roster roster, bool[] staff, BitArray sections)
    {
        _roster = roster;
        _sections = sections;
        _ofSection = new Grouping(
            roster.Sections.Count, roster.Teachers.Count, row => staff[roster.Teachers[row].Person] ? roster.Teachers[row].Section : -1);
        for (var section = 0; section < roster.Sections.Count; section++)
        {
            _columns = Math.Max(_columns, Math.Min(CountOf(section), AppleLimits.MostInstructors));
        }
    }

    /// <summary>Those beyond the third stand after the location, as in Apple's own template for many teachers.</summary>
    public IEnumerable<string> FurtherColumns =>
        Enumerable.Range(AppleLimits.FewestInstructors + 1, _columns - AppleLimits.FewestInstructors)
            .Select(number => AppleFile.Further(AppleFile.Instructor, number));

    public void Report(FindingLog findings)
    {
        for (var section = 0; section < _roster.Sections.Count; section++)
        {
            if (CountOf(section) > AppleLimits.MostInstructors)
            {
                findings.Add(AppleFindings.TooManyInstructors, EntityKind.Group, _roster.Sections[section].Group);
            }
        }
    }

    public void Write(CsvWriter csv, int section, EntityId location)
    {
        for (var column = 0; column < _columns; column++)
        {
            if (column == AppleLimits.FewestInstructors)
            {
                csv.Value(location);
            }

            WriteOne(csv, section, column);
        }

        if (_columns == AppleLimits.FewestInstructors)
        {
            csv.Value(location);
        }
    }

    private int CountOf(int section) => _sections[section] ? _ofSection[section].Length : 0;

    private void WriteOne(CsvWriter csv, int section, int column)
    {
        var teachers = _ofSection[section];
        if (column < teachers.Length)
        {
            csv.Value(_roster.Persons[_roster.Teachers[teachers[column]].Person].Id);
        }
        else
        {
            csv.Empty();
        }
    }
}
