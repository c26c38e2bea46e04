//! Numbers by row and column, each with an index of its own kind: a region's number is not taken for a stage's.

use core::marker::PhantomData;
use core::ops::{Index, IndexMut};

/// What numbers a row or a column.
pub trait Place: Copy {
    /// As an array index.
    fn at(self) -> usize;
}

impl Place for usize {
    #[inline(always)]
    fn at(self) -> usize {
        self
    }
}

/// Numbers by row and column, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid<R, C, T> {
    columns: usize,
    cells: Vec<T>,
    of: PhantomData<fn(R, C)>,
}

impl<R, C, T> Default for Grid<R, C, T> {
    fn default() -> Self {
        Self { columns: 0, cells: Vec::new(), of: PhantomData }
    }
}

impl<R: Place, C: Place, T: Copy> Grid<R, C, T> {
    /// The same in every cell.
    pub fn new(rows: usize, columns: usize, value: T) -> Self {
        Self { columns, cells: vec![value; rows * columns], of: PhantomData }
    }

    /// Cell by cell, row after row.
    pub fn from_fn(rows: usize, columns: usize, mut value: impl FnMut(usize, usize) -> T) -> Self {
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        Self { columns, cells: cells.map(|(row, column)| value(row, column)).collect(), of: PhantomData }
    }

    /// The same with something made of each cell.
    pub fn map<U>(&self, of: impl FnMut(T) -> U) -> Grid<R, C, U> {
        Grid { columns: self.columns, cells: self.cells.iter().copied().map(of).collect(), of: PhantomData }
    }

    /// One row more.
    pub fn add_row(&mut self, value: impl FnMut(usize) -> T) {
        self.cells.extend((0..self.columns).map(value));
    }

    /// Number of columns.
    #[inline(always)]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// A row.
    #[inline(always)]
    pub fn row(&self, row: R) -> &[T] {
        &self.cells[row.at() * self.columns..][..self.columns]
    }

    /// `N` cells of a row, from a column on.
    #[inline(always)]
    pub fn part<const N: usize>(&self, row: R, from: usize) -> &[T; N] {
        self.cells[row.at() * self.columns + from..].first_chunk().expect("the columns are in the row")
    }

    /// A row, to be written.
    #[inline(always)]
    pub fn row_mut(&mut self, row: R) -> &mut [T] {
        &mut self.cells[row.at() * self.columns..][..self.columns]
    }

    /// All cells, row after row.
    #[inline(always)]
    pub fn cells(&self) -> &[T] {
        &self.cells
    }

    /// All cells, to be written.
    #[inline(always)]
    pub fn cells_mut(&mut self) -> &mut [T] {
        &mut self.cells
    }

    /// Puts the same into every cell.
    pub fn fill(&mut self, value: T) {
        self.cells.fill(value);
    }
}

impl<R: Place, C: Place, T> Index<(R, C)> for Grid<R, C, T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, (row, column): (R, C)) -> &T {
        &self.cells[row.at() * self.columns + column.at()]
    }
}

impl<R: Place, C: Place, T> IndexMut<(R, C)> for Grid<R, C, T> {
    #[inline(always)]
    fn index_mut(&mut self, (row, column): (R, C)) -> &mut T {
        &mut self.cells[row.at() * self.columns + column.at()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{RegionId, StageId};

    #[test]
    fn a_cell_stands_in_its_row_and_column() {
        let mut grid: Grid<StageId, RegionId, f64> =
            Grid::from_fn(2, 3, |row, column| (10 * row + column) as f64);
        assert_eq!(grid[(StageId(1), RegionId(2))], 12.0);
        assert_eq!(grid.row(StageId(1)), [10.0, 11.0, 12.0]);
        grid[(StageId(0), RegionId(1))] = 7.0;
        assert_eq!(grid.cells(), [0.0, 7.0, 2.0, 10.0, 11.0, 12.0]);
    }
}
