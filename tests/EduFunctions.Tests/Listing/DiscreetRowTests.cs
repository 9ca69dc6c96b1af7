using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Listing;

/// <summary>Rows that were stored before somebody became protected.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DiscreetRowTests
{
    private const string Person = "0b54e2ae-2a2b-4a25-9b1c-6b1f5a0f2f11";

    private static readonly ListedRow Row = new("changed", "sections", "stod-alva-berglund", Person, "alva-berglund-skolan", "Alva Berglunds skola")
    {
        Columns = [new ChangedColumn("name", "Stöd Alva Berglund", "Stöd"), new ChangedColumn("school", null, "north")],
    };

    [Fact]
    public void Names_and_ids_that_tell_of_somebody_are_withheld()
    {
        var shown = DiscreetRow.Of(Row, text => text.Contains("alva", StringComparison.OrdinalIgnoreCase));

        Assert.Equal((Discretion.Withheld, Person, Discretion.Withheld, null), (shown.Id, shown.RefersTo, shown.School, shown.SchoolName));
        Assert.Equal([new ChangedColumn("name", Discretion.Withheld, "Stöd"), new ChangedColumn("school", null, "north")], shown.Columns!);
    }

    [Fact]
    public void Others_are_shown_as_they_are()
    {
        var shown = DiscreetRow.Of(Row, _ => false);

        Assert.Equal(Row.Columns!, shown.Columns!);
        Assert.Equal(Row, shown with { Columns = Row.Columns });
    }

    [Fact]
    public void Where_nobody_can_say_no_school_is_named() => Assert.Null(DiscreetRow.Of(Row, isTelling: null).SchoolName);
}
