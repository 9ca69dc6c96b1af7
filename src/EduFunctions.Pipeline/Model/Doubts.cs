using System.Runtime.InteropServices;

namespace EduFunctions.Pipeline.Model;

// What is not understood is not absent: where a source says something that nobody can read, targets keep what they have.

/// <summary>
/// Something of which targets keep what they have, since the source said something about it that was not understood: a person, group, unit or syllabus; or,
/// without an id, what the loss of any row of that kind could take away.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct DoubtRow(EntityKind Kind, EntityId Entity);

/// <summary>A value that is not what its property holds, as people are told of it: never the value itself.</summary>
/// <param name="Page">From 1; 0 where pages are not counted.</param>
/// <param name="Property">With the list it stands in, as in <c>enrolments.startDate</c>.</param>
/// <param name="Found">What stood there, in kind.</param>
public sealed record MisreadValue(string Collection, int Page, EntityKind Kind, EntityId Entity, string Property, string Expected, string Found);
