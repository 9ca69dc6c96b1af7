using System.Buffers.Binary;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>The id of everything, made from its place in the layout.</summary>
internal sealed class WorldIds(WorldLayout layout)
{
    public Guid Authority => Of(Kind.Authority, 0);

    public Guid Department => Of(Kind.Authority, 1);

    public Guid School(SchoolLayout school) => Of(Kind.School, school.Index);

    public Guid Unit(SchoolLayout school) => Of(Kind.Unit, school.Index);

    public Guid Unit(SpecialUnit unit) => Of(Kind.SpecialUnit, (int)unit);

    public Guid Person(Person person) => Of(Kind.Person, layout.IndexOf(person));

    public Guid Group(SchoolLayout school, int number) => Of(Kind.Group, layout.Groups.IndexOf(school, number));

    public Guid Group(SchoolLayout school, SpecialGroup group) => Group(school, school.FirstSpecialGroup + (int)group);

    public Guid Activity(int index) => Of(Kind.Activity, index);

    /// <summary>The main duty of a member of staff has the staff's own number.</summary>
    public Guid Duty(SchoolLayout school, int number) => Of(Kind.Duty, layout.Duties.IndexOf(school, number));

    public Guid Placement(int index) => Of(Kind.Placement, index);

    public Guid Syllabus(int index) => Of(Kind.Syllabus, index);

    /// <summary>Something the source refers to and does not have.</summary>
    public Guid Missing(int index) => Of(Kind.Missing, index);

    /// <summary>Where an enrolment, a placement or a duty is.</summary>
    public Guid UnitOf(StaySituation stay, SchoolLayout school) => stay switch
    {
        StaySituation.AtClosedUnit => Unit(SpecialUnit.Closed),
        StaySituation.AtFutureUnit => Unit(SpecialUnit.Future),
        StaySituation.AtUnitWithoutStart => Unit(SpecialUnit.WithoutStart),
        StaySituation.InOtherMunicipality => Unit(SpecialUnit.OtherMunicipality),
        StaySituation.AtUnknownUnit => Missing(school.Index),
        _ => Unit(school),
    };

    private Guid Of(Kind kind, int index)
    {
        Span<byte> random = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(random, Dice.Throw(layout.Options.Seed, (int)kind, index));
        BinaryPrimitives.WriteUInt64BigEndian(random[8..], Dice.Throw(layout.Options.Seed, ~(int)kind, index));
        return Ids.Uuid(random);
    }

    private enum Kind
    {
        Authority,
        School,
        Unit,
        SpecialUnit,
        Person,
        Group,
        Activity,
        Duty,
        Placement,
        Syllabus,
        Missing,
    }
}
