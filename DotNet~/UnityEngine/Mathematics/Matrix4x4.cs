using System;

namespace UnityEngine;

/// <summary>m and row and column; columns lie one after the other.</summary>
public struct Matrix4x4 : IEquatable<Matrix4x4>
{
    public float m00;
    public float m10;
    public float m20;
    public float m30;
    public float m01;
    public float m11;
    public float m21;
    public float m31;
    public float m02;
    public float m12;
    public float m22;
    public float m32;
    public float m03;
    public float m13;
    public float m23;
    public float m33;

    public Matrix4x4(Vector4 column0, Vector4 column1, Vector4 column2, Vector4 column3)
    {
        (m00, m10, m20, m30) = (column0.x, column0.y, column0.z, column0.w);
        (m01, m11, m21, m31) = (column1.x, column1.y, column1.z, column1.w);
        (m02, m12, m22, m32) = (column2.x, column2.y, column2.z, column2.w);
        (m03, m13, m23, m33) = (column3.x, column3.y, column3.z, column3.w);
    }

    public static Matrix4x4 identity => new(new Vector4(1, 0, 0, 0), new Vector4(0, 1, 0, 0), new Vector4(0, 0, 1, 0), new Vector4(0, 0, 0, 1));

    public Matrix4x4 inverse
    {
        get
        {
            // Gauss and Jordan, with the largest pivot; a singular matrix gives zeros, as in the engine.
            var a = new double[4, 8];
            for (int row = 0; row < 4; row++)
            {
                Vector4 values = GetRow(row);
                for (int column = 0; column < 4; column++) a[row, column] = values[column];
                a[row, 4 + row] = 1;
            }

            for (int k = 0; k < 4; k++)
            {
                int pivot = k;
                for (int row = k + 1; row < 4; row++) if (Math.Abs(a[row, k]) > Math.Abs(a[pivot, k])) pivot = row;
                if (a[pivot, k] == 0) return default;
                for (int column = 0; column < 8; column++) (a[k, column], a[pivot, column]) = (a[pivot, column], a[k, column]);
                double scale = 1 / a[k, k];
                for (int column = 0; column < 8; column++) a[k, column] *= scale;
                for (int row = 0; row < 4; row++)
                {
                    double factor = a[row, k];
                    if (row == k || factor == 0) continue;
                    for (int column = 0; column < 8; column++) a[row, column] -= factor * a[k, column];
                }
            }

            Vector4 Column(int k) => new((float)a[0, k], (float)a[1, k], (float)a[2, k], (float)a[3, k]);
            return new Matrix4x4(Column(4), Column(5), Column(6), Column(7));
        }
    }

    public Matrix4x4 transpose => new(GetRow(0), GetRow(1), GetRow(2), GetRow(3));

    public Vector4 GetColumn(int index) => index switch
    {
        0 => new Vector4(m00, m10, m20, m30),
        1 => new Vector4(m01, m11, m21, m31),
        2 => new Vector4(m02, m12, m22, m32),
        3 => new Vector4(m03, m13, m23, m33),
        _ => throw new IndexOutOfRangeException("Invalid column index!"),
    };

    public Vector4 GetRow(int index) => index switch
    {
        0 => new Vector4(m00, m01, m02, m03),
        1 => new Vector4(m10, m11, m12, m13),
        2 => new Vector4(m20, m21, m22, m23),
        3 => new Vector4(m30, m31, m32, m33),
        _ => throw new IndexOutOfRangeException("Invalid row index!"),
    };

    public Vector3 MultiplyPoint(Vector3 point)
    {
        Vector4 result = this * new Vector4(point.x, point.y, point.z, 1F);
        return new Vector3(result.x / result.w, result.y / result.w, result.z / result.w);
    }

    public Vector3 MultiplyPoint3x4(Vector3 point) => MultiplyVector(point) + new Vector3(m03, m13, m23);

    public Vector3 MultiplyVector(Vector3 vector) => new(
        m00 * vector.x + m01 * vector.y + m02 * vector.z,
        m10 * vector.x + m11 * vector.y + m12 * vector.z,
        m20 * vector.x + m21 * vector.y + m22 * vector.z);

    public static Matrix4x4 Scale(Vector3 vector) =>
        new(new Vector4(vector.x, 0, 0, 0), new Vector4(0, vector.y, 0, 0), new Vector4(0, 0, vector.z, 0), new Vector4(0, 0, 0, 1));

    public static Matrix4x4 Translate(Vector3 vector) =>
        new(new Vector4(1, 0, 0, 0), new Vector4(0, 1, 0, 0), new Vector4(0, 0, 1, 0), new Vector4(vector.x, vector.y, vector.z, 1));

    public static Matrix4x4 Rotate(Quaternion q) => new(q * Vector3.right, q * Vector3.up, q * Vector3.forward, new Vector4(0, 0, 0, 1));

    public static Matrix4x4 TRS(Vector3 pos, Quaternion q, Vector3 s) => new(
        q * Vector3.right * s.x, q * Vector3.up * s.y, q * Vector3.forward * s.z, new Vector4(pos.x, pos.y, pos.z, 1));

    public static Matrix4x4 Ortho(float left, float right, float bottom, float top, float zNear, float zFar) => new(
        new Vector4(2F / (right - left), 0, 0, 0),
        new Vector4(0, 2F / (top - bottom), 0, 0),
        new Vector4(0, 0, -2F / (zFar - zNear), 0),
        new Vector4(-(right + left) / (right - left), -(top + bottom) / (top - bottom), -(zFar + zNear) / (zFar - zNear), 1));

    public static Matrix4x4 Perspective(float fov, float aspect, float zNear, float zFar)
    {
        float cotangent = 1F / Mathf.Tan(fov * 0.5F * Mathf.Deg2Rad);
        return new Matrix4x4(
            new Vector4(cotangent / aspect, 0, 0, 0),
            new Vector4(0, cotangent, 0, 0),
            new Vector4(0, 0, -(zFar + zNear) / (zFar - zNear), -1),
            new Vector4(0, 0, -2F * zFar * zNear / (zFar - zNear), 0));
    }

    public static Matrix4x4 operator *(Matrix4x4 lhs, Matrix4x4 rhs) =>
        new(lhs * rhs.GetColumn(0), lhs * rhs.GetColumn(1), lhs * rhs.GetColumn(2), lhs * rhs.GetColumn(3));

    public static Vector4 operator *(Matrix4x4 lhs, Vector4 vector) => new(
        lhs.m00 * vector.x + lhs.m01 * vector.y + lhs.m02 * vector.z + lhs.m03 * vector.w,
        lhs.m10 * vector.x + lhs.m11 * vector.y + lhs.m12 * vector.z + lhs.m13 * vector.w,
        lhs.m20 * vector.x + lhs.m21 * vector.y + lhs.m22 * vector.z + lhs.m23 * vector.w,
        lhs.m30 * vector.x + lhs.m31 * vector.y + lhs.m32 * vector.z + lhs.m33 * vector.w);

    public static bool operator ==(Matrix4x4 lhs, Matrix4x4 rhs) =>
        lhs.GetColumn(0) == rhs.GetColumn(0) && lhs.GetColumn(1) == rhs.GetColumn(1) && lhs.GetColumn(2) == rhs.GetColumn(2) && lhs.GetColumn(3) == rhs.GetColumn(3);

    public static bool operator !=(Matrix4x4 lhs, Matrix4x4 rhs) => !(lhs == rhs);

    public bool Equals(Matrix4x4 other) => GetColumn(0).Equals(other.GetColumn(0)) && GetColumn(1).Equals(other.GetColumn(1))
        && GetColumn(2).Equals(other.GetColumn(2)) && GetColumn(3).Equals(other.GetColumn(3));

    public override bool Equals(object? other) => other is Matrix4x4 matrix && Equals(matrix);

    public override int GetHashCode() => HashCode.Combine(GetColumn(0), GetColumn(1), GetColumn(2), GetColumn(3));
}
