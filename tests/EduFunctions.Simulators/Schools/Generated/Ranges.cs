namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>A collection's indices, cut into one consecutive range per school.</summary>
internal sealed class Ranges
{
    private readonly int[] starts;

    public Ranges(IReadOnlyList<SchoolPlan> schools, Func<SchoolPlan, int> size)
    {
        starts = new int[schools.Count + 1];
        for (var i = 0; i < schools.Count; i++)
        {
            starts[i + 1] = starts[i] + size(schools[i]);
        }
    }

    public int Total => starts[^1];

    public int IndexOf(SchoolPlan school, int number) => starts[school.Index] + number;

    public (int School, int Number) Locate(int index)
    {
        var found = Array.BinarySearch(starts, index);
        var school = found >= 0 ? found : ~found - 1;
        // Schools with nothing in them start where the next one does.
        while (starts[school + 1] == starts[school])
        {
            school++;
        }

        return (school, index - starts[school]);
    }
}
