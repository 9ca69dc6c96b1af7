namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>A collection's indices, cut into one consecutive range per school.</summary>
internal sealed class Ranges
{
    private readonly int[] _starts;

    public Ranges(IReadOnlyList<SchoolLayout> schools, Func<SchoolLayout, int> size)
    {
        _starts = new int[schools.Count + 1];
        for (var i = 0; i < schools.Count; i++)
        {
            _starts[i + 1] = _starts[i] + size(schools[i]);
        }
    }

    public int Total => _starts[^1];

    public int IndexOf(SchoolLayout school, int number) => _starts[school.Index] + number;

    public (int School, int Number) Locate(int index)
    {
        var found = Array.BinarySearch(_starts, index);
        var school = found >= 0 ? found : ~found - 1;
        // Schools with nothing in them start where the next one does.
        while (_starts[school + 1] == _starts[school])
        {
            school++;
        }

        return (school, index - _starts[school]);
    }
}
